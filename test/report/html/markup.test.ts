import { html, joined } from '../../../src/report/html/markup';

test.each([
  ['<script>', '&lt;script&gt;'],
  ['"quoted" and \'quoted\'', '&quot;quoted&quot; and &#39;quoted&#39;'],
  ['&amp;', '&amp;amp;'],
  ['</script><!--', '&lt;/script&gt;&lt;!--'],
])('the text %s is written as %s', (text, written) => {
  expect(html`<b title="${text}">${text}</b>`.text).toBe(`<b title="${written}">${written}</b>`);
});

test.each([
  ['\u202e', '⟨U+202E⟩'], ['\u2066', '⟨U+2066⟩'], ['\u0000', '⟨U+0000⟩'], ['\u001b', '⟨U+001B⟩'], ['\u200b', '⟨U+200B⟩'], ['\u2028', '⟨U+2028⟩'],
])('invisible characters become visible: %j', (text, written) => {
  expect(html`${`a${text}b`}`.text).toBe(`a${written}b`);
});

test.each(['tabs\tand\nlines', '👩‍👩‍👧', 'שלום', 'é'])('the text %j does not change', text => {
  expect(html`${text}`.text).toBe(text);
});

test('HTML in HTML is not escaped again', () => {
  expect(html`<p>${html`<b>${'<'}</b>`}</p>`.text).toBe('<p><b>&lt;</b></p>');
});

test('a list becomes its items, at any depth, and undefined becomes nothing', () => {
  expect(html`${['a', [html`<i>`, undefined], 0]}`.text).toBe('a<i>0');
});

test('joined contents have a separator between them', () => {
  expect(html`${joined(['<', '>'], html`<br>`)}`.text).toBe('&lt;<br>&gt;');
});
