// enforce
export { Imdsv2 } from './enforce/imdsv2';
export { RequireImdsv2, RequireImdsv2Props } from './enforce/require-imdsv2';
