import ts from 'typescript';
import type { Sql } from '../../src/platform/database/statements.js';

/**
 * Every condition in the SQL of a source file can be forced to be true, or to be false, while the program runs:
 * comments in the SQL mark where it begins and ends, and SQL is changed on its way to the database.
 */

export interface Condition {
  number: number;
  file: string;
  line: number;
  /** As the source says it */
  text: string;
  /** The whole line */
  source: string;
}

/** The program as it is, or with one condition forced. */
export interface Variant {
  forced: { condition: Condition; isAlways: boolean } | null;
  /** How many is few; what it is decides in which way things are counted */
  few: number;
}

const beginning = ({ number }: Condition) => `/*${number}(*/`;
const ending = ({ number }: Condition) => `/*)${number}*/`;
const FEW = '/*few*/';
const FEW_AND_ONE = '/*few and one*/';

type Changed = WeakMap<Sql, Sql>;
const asItIs = new Map<number, Changed>();
const made = new WeakMap<Variant, Changed>();

/** The query as the variant of the program would ask it; the same object each time, as it is prepared once. */
export function asked(query: Sql, variant: Variant): Sql {
  const { forced, few } = variant;
  if (!asItIs.has(few)) asItIs.set(few, new WeakMap());
  const plain = changed(asItIs.get(few)!, query, (part) =>
    part.replaceAll(FEW, String(few)).replaceAll(FEW_AND_ONE, String(few + 1)),
  );
  if (!forced) return plain;
  if (!made.has(variant)) made.set(variant, new WeakMap());
  return changed(made.get(variant)!, plain, (part) =>
    part
      .replaceAll(beginning(forced.condition), '((')
      .replaceAll(ending(forced.condition), `) ${forced.isAlways ? 'OR 1 = 1' : 'AND 1 = 0'})`),
  );
}

function changed(known: Changed, query: Sql, change: (part: string) => string): Sql {
  let result = known.get(query);
  if (!result) {
    const strings = query.strings.map(change);
    const isSame = strings.every((part, at) => part === query.strings[at]);
    result = isSame
      ? query
      : Object.assign(Object.create(Object.getPrototypeOf(query) as object) as Sql, {
          strings,
          values: query.values,
        });
    known.set(query, result);
  }
  return result;
}

/**
 * The source with its numbers of what is few, and at how many a statement looks, left to the variant, which counts
 * along people only by themselves.
 */
export const withoutNumbers = (source: string): string =>
  source
    .replace(
      'WHEN ${hiddenPeople} < ${count} AND ${hiddenPeople} <= ${FEW} THEN ${alongPeople}',
      '',
    )
    .replaceAll('${FEW}', FEW)
    .replaceAll('${FEW + 1}', FEW_AND_ONE)
    .replace('counted <= LOOKED_AT', 'counted <= 0')
    .replace('LOOKED_AT = 1000', 'LOOKED_AT = 1')
    .replace('const FEW = 100;', '');

/** Before a condition, so that what follows is one … */
const BEFORE = new Set(['WHERE', 'AND', 'OR', 'NOT', 'ON']);
/** … between which there may be one … */
const BRANCH = new Set(['THEN', 'ELSE']);
/** … and what else ends one, or begins something that is none. */
const OTHERS = new Set(
  ['CASE', 'WHEN', 'END', 'SELECT', 'FROM', 'JOIN', 'LEFT', 'CROSS', 'AS', 'ORDER', 'LIMIT'].concat(
    ['OFFSET', 'UNION', 'WITH'],
  ),
);
// eslint-disable-next-line no-control-regex -- what marks conditions must not occur in SQL
const TOKEN = /\u0001+|'[^']*'|[A-Za-z_][\w.]*|\S/g;
const COMPARISON = /[=<>]|\bIS\b|\bEXISTS\b/;

interface Span {
  start: number;
  end: number;
}

interface Part {
  /** What stands before it: a keyword, a parenthesis or nothing */
  after: string;
  span?: Span;
}

/** The conditions in one template, by their places in the source; `${…}` is one word. */
function conditionsIn(template: string, offset: number, branchesAreConditions: boolean): Span[] {
  const found: Span[] = [];
  const stack: Part[] = [{ after: '' }];
  const end = (before: string) => {
    const { after, span } = stack.at(-1)!;
    if (!span) return;
    const text = template.slice(span.start, span.end);
    const isCondition =
      BEFORE.has(after) ||
      (branchesAreConditions && BRANCH.has(after)) ||
      (after === 'WHEN' && COMPARISON.test(text)) ||
      ((before === 'AND' || before === 'OR') && (after === '' || after === '('));
    if (isCondition) found.push({ start: offset + span.start, end: offset + span.end });
  };
  const take = (token: Span) => {
    const part = stack.at(-1)!;
    part.span = { start: part.span?.start ?? token.start, end: token.end };
  };
  let previous = '';
  for (const { 0: token, index } of template.matchAll(TOKEN)) {
    const span = { start: index, end: index + token.length };
    const isKeyword = BEFORE.has(token) || BRANCH.has(token) || OTHERS.has(token);
    if (token === '(') {
      take(span);
      stack.push({ after: '(' });
    } else if (token === ')') {
      end(')');
      stack.pop();
      take(span);
    } else if (isKeyword && !(token === 'NOT' && previous === 'IS')) {
      end(token);
      stack[stack.length - 1] = { after: token };
    } else take(span);
    previous = token;
  }
  end('');
  return found;
}

/** The templates of SQL in a source, each as a text of the same length in which `${…}` is one word. */
function templatesIn(source: string): { text: string; offset: number }[] {
  const file = ts.createSourceFile('rule.ts', source, ts.ScriptTarget.Latest, true);
  const found: { text: string; offset: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') {
      const { template } = node;
      const offset = template.getStart();
      let text = template.getText();
      if (ts.isTemplateExpression(template))
        for (const { expression } of template.templateSpans) {
          // With `${` before it and `}` after it.
          const from = expression.getFullStart() - 2 - offset;
          const to = source.indexOf('}', expression.getEnd()) + 1 - offset;
          text = text.slice(0, from) + '\u0001'.repeat(to - from) + text.slice(to);
        }
      found.push({ text: ` ${text.slice(1, -1)} `, offset });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The source with its conditions marked, numbered from `first` on. */
export function withMarks(
  file: string,
  source: string,
  first: number,
  branchesAreConditions: boolean,
): { source: string; conditions: Condition[] } {
  const spans = templatesIn(source)
    .flatMap(({ text, offset }) => conditionsIn(text, offset, branchesAreConditions))
    .sort((one, other) => one.start - other.start || other.end - one.end);
  const lines = source.split('\n');
  const conditions = spans.map(({ start, end }, at) => {
    const line = source.slice(0, start).split('\n').length;
    const text = source.slice(start, end).replace(/\s+/g, ' ');
    return { number: first + at, file, line, text, source: lines[line - 1]! };
  });
  const marks = spans.flatMap(({ start, end }, at) => [
    { at: start, length: 0, mark: beginning(conditions[at]!) },
    { at: end, length: end - start, mark: ending(conditions[at]!) },
  ]);
  // From the end, so that places stay what they are; at one place the shorter condition ends first.
  const marked = marks
    .sort((one, other) => other.at - one.at || other.length - one.length)
    .reduce((text, { at, mark }) => text.slice(0, at) + mark + text.slice(at), source);
  return { source: marked, conditions };
}
