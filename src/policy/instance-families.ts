/**
 * The virtualization of EC2 instances: a row is a family, or a type that differs from its family.
 *
 * `nitro` is the Nitro System: its hypervisor, or bare metal on its cards. `xen` also has families that cannot be launched any more, which AWS's
 * lists omit. A family in neither list is unknown.
 *
 * As of 2026-11-21, with every family of the EC2 API in botocore 1.43.107.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html#instance-hypervisor-type
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/pkg/vpc/vpc_ip_resource_limit.go
 */
export const INSTANCE_FAMILIES: { readonly [virtualization in 'nitro' | 'xen']: readonly string[] } = {
  nitro: [
    // general purpose
    'a1', 't3', 't3a', 't4g',
    'm5', 'm5a', 'm5ad', 'm5d', 'm5dn', 'm5n', 'm5zn',
    'm6a', 'm6g', 'm6gd', 'm6i', 'm6id', 'm6idn', 'm6in',
    'm7a', 'm7g', 'm7gd', 'm7i', 'm7i-flex',
    'm8a', 'm8azn', 'm8g', 'm8gb', 'm8gd', 'm8gn', 'm8i', 'm8i-flex', 'm8ib', 'm8id', 'm8idb', 'm8idn', 'm8in', 'm8ine',
    'm9g', 'm9gd',
    'mac1', 'mac2', 'mac2-m1ultra', 'mac2-m2', 'mac2-m2pro', 'mac-m3ultra', 'mac-m4', 'mac-m4max', 'mac-m4pro',
    // compute optimized
    'c5', 'c5a', 'c5ad', 'c5d', 'c5n',
    'c6a', 'c6g', 'c6gd', 'c6gn', 'c6i', 'c6id', 'c6in',
    'c7a', 'c7g', 'c7gd', 'c7gn', 'c7i', 'c7i-flex',
    'c8a', 'c8g', 'c8gb', 'c8gd', 'c8gn', 'c8i', 'c8i-flex', 'c8ib', 'c8id', 'c8in', 'c8ine',
    'c9g', 'c9gd',
    // memory optimized
    'r5', 'r5a', 'r5ad', 'r5b', 'r5d', 'r5dn', 'r5n',
    'r6a', 'r6g', 'r6gd', 'r6i', 'r6id', 'r6idn', 'r6in',
    'r7a', 'r7g', 'r7gd', 'r7i', 'r7iz',
    'r8a', 'r8g', 'r8gb', 'r8gd', 'r8gn', 'r8i', 'r8i-flex', 'r8ib', 'r8id', 'r8idb', 'r8idn', 'r8in',
    'r9g', 'r9gd',
    'u-3tb1', 'u-6tb1', 'u-9tb1', 'u-12tb1', 'u-18tb1', 'u-24tb1',
    'u7i-6tb', 'u7i-8tb', 'u7i-12tb', 'u7ib-12tb', 'u7in-16tb', 'u7in-24tb', 'u7in-32tb', 'u7inh-32tb',
    'x2gd', 'x2idn', 'x2iedn', 'x2iezn', 'x8aedz', 'x8g', 'x8i', 'z1d',
    // storage optimized
    'd3', 'd3en', 'i3.metal', 'i3en', 'i4g', 'i4i', 'i7i', 'i7ie', 'i8g', 'i8ge', 'im4gn', 'is4gen',
    // accelerated computing
    'dl1', 'dl2q', 'f2', 'inf1', 'inf2', 'trn1', 'trn1n', 'trn2', 'trn2u', 'vt1',
    'g4ad', 'g4dn', 'g5', 'g5g', 'g6', 'g6e', 'g6f', 'g7', 'g7e', 'gr6', 'gr6f',
    'p3dn', 'p4d', 'p4de', 'p5', 'p5e', 'p5en', 'p6-b200', 'p6-b300', 'p6e-gb200',
    // high performance computing
    'hpc6a', 'hpc6id', 'hpc7a', 'hpc7g', 'hpc8a',
  ],
  xen: [
    // general purpose
    'm1', 'm2', 'm3', 'm4', 't1', 't2',
    // compute optimized
    'c1', 'c3', 'c4', 'cc1', 'cc2',
    // memory optimized
    'cr1', 'r3', 'r4', 'x1', 'x1e',
    // storage optimized
    'd2', 'h1', 'hi1', 'hs1', 'i2', 'i3',
    // accelerated computing
    'cg1', 'f1', 'g2', 'g3', 'g3s', 'p2', 'p3',
  ],
};
