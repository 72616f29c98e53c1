/** Whether a text, or all that another pattern stands for, is what a pattern of policies says: `*` any characters, `?` any one. */
export function covers(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '[^*]');
  return new RegExp(`^${expression}$`, 's').test(text);
}
