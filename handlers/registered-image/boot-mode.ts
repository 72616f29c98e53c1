/** The boot mode of instances, also if the image leaves it to the instance type. */
export function bootModeOf({ BootMode, Architecture }: { readonly BootMode?: string; readonly Architecture?: string }): string {
  return BootMode ?? (/^arm64/.test(String(Architecture)) ? 'uefi' : 'legacy-bios');
}
