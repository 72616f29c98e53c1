import { checkedTemplate } from '../checked';
import { kind, none, once } from '../law';
import { REPORTED } from '../laws/reports';
import { brokenTemplate } from '../plans/broken';

/** Template files with any values anywhere. A check must not throw, and its reports must be written. */
export const BROKEN = kind({
  name: 'broken',
  plans: brokenTemplate(),
  open: (template: unknown) => ({ checked: once(() => checkedTemplate(template)) }),
  laws: [
    {
      title: 'no template causes an exception',
      check: ({ checked }) => none(checked().pluginReport.violations.filter(({ ruleName }) => !ruleName.startsWith('Imdsv2::')), 'other rules'),
    },
    ...REPORTED,
  ],
});
