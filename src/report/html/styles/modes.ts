/** Small screens, wide screens, paper, and colours that the reader has chosen. Nothing moves, so nothing has to move less. */
export const MODES = `
@media (max-width: 40rem) {
  .wide { padding: 0 1rem; }
  .picture { padding: 1.25rem; }
  .ring { margin: 0 auto; }
  .filters p { flex: 1 1 100%; }
  .filters select { width: 100%; max-width: none; }
  .facts-list > div { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 66rem) {
  .scroll:has(.resources) { max-height: 85vh; scroll-padding-top: 3.5rem; }
  .more details { position: sticky; left: 0.75rem; width: fit-content; max-width: calc(100vw - 5rem); }
}
@media (min-width: 66.0625rem) {
  .scroll:has(.resources) { overflow: visible; }
}
@media (forced-colors: active) {
  :root {
    --good-mark: CanvasText; --bad-mark: CanvasText; --open-mark: CanvasText; --exempt-mark: CanvasText; --plain-mark: CanvasText;
    --card: Canvas; --raised: Canvas; --page: Canvas; --text: CanvasText; --muted: CanvasText; --line: CanvasText;
    --edge: CanvasText; --strong-line: CanvasText; --link: LinkText; --focus: Highlight;
    --good-ground: Canvas; --bad-ground: Canvas; --open-ground: Canvas; --exempt-ground: Canvas; --plain-ground: Canvas;
  }
  .badge { border-color: CanvasText; }
  .ring .ink { opacity: 0.8; }
  .findings > li:target, .resources tbody:target { outline: 2px solid Highlight; outline-offset: -2px; }
}
@media print {
  :root { color-scheme: light; }
  body { background: none; font-size: 9.5pt; }
  .skip, nav, .filters, .inline-skip, #shown { display: none; }
  .wide { max-width: none; padding: 0; }
  .scroll, .canvas { overflow: visible; max-height: none; }
  .resources, .stacks { min-width: 0; }
  .graph { max-width: 100%; height: auto; }
  .resources thead { position: static; }
  .resources tbody { content-visibility: visible; }
  .more details { position: static; max-width: none; }
  tr, .findings > li, .picture { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .badge, .ring, .mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
