export interface TableOnPage {
  module: string;
  table: string;
  items: number;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

/** No scripts, nothing from elsewhere: the page forbids it itself, whatever is written in it. */
const head = (title: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid #8886; padding: 0.75rem 0; }
dl { display: grid; grid-template-columns: minmax(6rem, 10rem) 1fr; gap: 0.15rem 1rem; margin: 0; }
dt { color: #777; overflow-wrap: anywhere; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
</head>
<body>
`;
const FOOT = '</body>\n</html>\n';

const titleOf = (table: string): string => {
  const words = table.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const LOOKS_LIKE_PERSON = ['firstName', 'lastName', 'handle'];

function valueOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value !== 'object') return escaped(String(value));
  if (LOOKS_LIKE_PERSON.every((name) => name in value)) {
    const { firstName, lastName, handle } = value as Record<string, string>;
    return escaped(`${firstName} ${lastName} (@${handle})`);
  }
  return escaped(JSON.stringify(value, null, 1));
}

const articleOf = (item: object): string => {
  const rows = Object.entries(item)
    .map(([name, value]) => [escaped(name), valueOf(value)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`);
  return `<article><dl>${rows.join('')}</dl></article>\n`;
};

/** All rows of a table, for reading. */
export async function* tablePage(
  table: string,
  items: AsyncIterable<object>,
): AsyncGenerator<string> {
  const title = titleOf(table);
  yield `${head(title)}<p><a href="../index.html">Your data</a></p>\n<h1>${escaped(title)}</h1>\n`;
  for await (const item of items) yield articleOf(item);
  yield FOOT;
}

export function indexPage(
  person: { handle: string; firstName: string; lastName: string },
  parts: TableOnPage[],
  files: number,
): string {
  const name = escaped(`${person.firstName} ${person.lastName} (@${person.handle})`);
  const lines = parts.map(
    ({ table, items }) =>
      `<li><a href="pages/${table}.html">${escaped(titleOf(table))}</a>: ${items}</li>\n`,
  );
  return `${head('Your data')}<h1>Your data</h1>
<p>${name}</p>
<ul>
${lines.join('')}<li><a href="media/">Photos and videos</a>: ${files}</li>
</ul>
<p>The same as JSON is in <a href="data/">data</a>, described by <a href="schema.json">schema.json</a>.</p>
${FOOT}`;
}
