// launch
export { ContainerHost, ContainerHostProps } from './launch/container-host';
// policy
export { ImdsExemption, ImdsExemptionProps } from './policy/imds-exemption';
// enforce
export { Imdsv2 } from './enforce/imdsv2';
export { RequireImdsv2, RequireImdsv2Props } from './enforce/require-imdsv2';
