import { foundIn } from './folders';

test.each([
  ['pkg:deb/ubuntu/awscli@1.11.13-1ubuntu1~16.04.0', '1.11.13-1ubuntu1~16.04.0 too old'],
  ['pkg:deb/debian/awscli@1.16.113-1~bpo9%2B1', '1.16.113-1~bpo9+1 too old'],
  ['pkg:deb/debian/awscli@1%3A1.16.1-1', '1:1.16.1-1 too old'],
  ['pkg:deb/ubuntu/awscli@1.22.34-1~22.04', '1.22.34-1~22.04 supported'],
])('%s has one version, in any form', (purl, found) => {
  expect(foundIn({ 'bom.cdx.json': JSON.stringify({ bomFormat: 'CycloneDX', components: [{ purl }] }) })).toEqual([`bom.cdx.json:1 awscli ${found}`]);
});
