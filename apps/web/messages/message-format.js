/**
 * Reads messages/{locale}.json for paraglide: one flat object, `{name}` stands for a value.
 * Inlang's own plugin is fetched from a CDN during the build; a build must not need the network.
 */
const key = 'plugin.echomate.messages';

const patternOf = (text) =>
  text
    .split(/\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 0
        ? { type: 'text', value: part }
        : { type: 'expression', arg: { type: 'variable-reference', name: part } },
    )
    .filter((element) => element.type !== 'text' || element.value !== '');

export default {
  key,
  toBeImportedFiles: ({ settings }) =>
    settings.locales.map((locale) => ({
      locale,
      path: settings[key].pathPattern.replace('{locale}', locale),
    })),
  importFiles: ({ files }) => {
    const bundles = new Map();
    const messages = [];
    const variants = [];
    for (const { locale, content } of files) {
      const texts = JSON.parse(new TextDecoder().decode(content));
      for (const [id, text] of Object.entries(texts)) {
        if (id.startsWith('$')) continue;
        const pattern = patternOf(text);
        const declarations = bundles.get(id)?.declarations ?? [];
        for (const { arg } of pattern) {
          if (arg && !declarations.some(({ name }) => name === arg.name))
            declarations.push({ type: 'input-variable', name: arg.name });
        }
        bundles.set(id, { id, declarations });
        messages.push({ bundleId: id, locale, selectors: [] });
        variants.push({ messageBundleId: id, messageLocale: locale, matches: [], pattern });
      }
    }
    return { bundles: [...bundles.values()], messages, variants };
  },
};
