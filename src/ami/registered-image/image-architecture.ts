/** The processor architecture of an image. */
export enum ImageArchitecture {
  /** Intel and AMD processors, 32 bits. */
  I386 = 'i386',
  /** Intel and AMD processors, 64 bits. */
  X86_64 = 'x86_64',
  /** Graviton processors, 64 bits. */
  ARM_64 = 'arm64',
  /** Mac instances with Intel processors. */
  X86_64_MAC = 'x86_64_mac',
  /** Mac instances with Apple silicon. */
  ARM_64_MAC = 'arm64_mac',
}
