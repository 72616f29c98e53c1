/** How instances of an image are virtualized. */
export enum ImageVirtualizationType {
  /** Hardware virtual machine: every current instance type uses it. */
  HVM = 'hvm',
  /** Paravirtual: only for instance types of previous generations, with a kernel that the launch names. */
  PARAVIRTUAL = 'paravirtual',
}
