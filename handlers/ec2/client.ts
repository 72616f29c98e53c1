import { EC2 } from '@aws-sdk/client-ec2';

/** A client for a Region. By default, the Region of the function. */
export function clientIn(region?: string): EC2 {
  return new EC2({ region, maxAttempts: 5 });
}
