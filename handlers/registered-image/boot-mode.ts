/** How instances boot, also where the image leaves it to their type. */
export function bootModeOf({ BootMode, Architecture }: { readonly BootMode?: string; readonly Architecture?: string }): string {
  return BootMode ?? (/^arm64/.test(String(Architecture)) ? 'uefi' : 'legacy-bios');
}
