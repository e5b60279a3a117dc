/** What was typed while a text was being sent stays. */
export const afterSending = (text: string, sent: string) =>
  text.startsWith(sent) ? text.slice(sent.length).trimStart() : text;
