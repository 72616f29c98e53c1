export { Imdsv2NagChecks, Imdsv2NagChecksProps } from './imdsv2-nag-checks';
