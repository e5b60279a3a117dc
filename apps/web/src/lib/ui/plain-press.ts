/** With these keys a link opens in another tab or window, which is left to the browser. */
export const isPlainPress = ({ ctrlKey, metaKey, shiftKey, altKey }: MouseEvent) =>
  !(ctrlKey || metaKey || shiftKey || altKey);
