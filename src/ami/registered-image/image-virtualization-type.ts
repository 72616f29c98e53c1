/** How instances of an image are virtualized. */
export enum ImageVirtualizationType {
  /** Hardware virtual machine: what every current instance type takes. */
  HVM = 'hvm',
  /** Paravirtual: for instance types of previous generations alone, with the kernel that a launch names. */
  PARAVIRTUAL = 'paravirtual',
}
