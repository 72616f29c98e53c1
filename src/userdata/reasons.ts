import type { Reason } from './request/judge-request';

/** Why a call is IMDSv1, in words. */
export function reasonInWords(reason: Reason, header: string | undefined): string {
  switch (reason) {
    case 'misspelt header': return `it sends the header '${header ?? ''}', and EC2 wants X-aws-ec2-metadata-token`;
    case 'lifetime header': return 'it sends the header that asks for a token, and no token';
    case 'empty token': return 'it sends the header X-aws-ec2-metadata-token, and nothing sets its value';
    case 'old program': return 'it is ec2-metadata of before version 1.1 of ec2-utils, which sends no token: Amazon Linux brings one that does';
    case 'name of a variable': return 'its quotes keep the value of the variable out of the header X-aws-ec2-metadata-token';
    case 'failed token': return 'it sends what a request for a token returned that gets none: that takes PUT and X-aws-ec2-metadata-token-ttl-seconds';
    default: return 'it sends no X-aws-ec2-metadata-token';
  }
}
