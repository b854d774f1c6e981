import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Starts the reader; a file, because the policy allows no script inside a page. */
const OPEN_SCRIPT = `const { document: url } = document.querySelector('#reader').dataset;
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
// What Swagger UI leaves without a name for those who hear the page, or hides from the keyboard.
const named = ({ React: { createElement: make } }) => {
  const aloud = (text) => make('span', { className: 'aloud' }, text);
  return {
    wrapComponents: {
      // A link inside the button that opens an operation cannot be reached apart from it: the button alone stays.
      DeepLink: () => ({ text }) => make('span', null, text),
      CloseIcon: (Icon) => (props) => make('span', null, make(Icon, props), aloud('Close')),
      TextArea: (Area) => (props) => make(Area, { ...props, 'aria-label': 'Request body' }),
      Select: (Select) => (props) => make('label', null, aloud('Value'), make(Select, props)),
      ExamplesSelect: (Select) => (props) => make('label', null, make(Select, props)),
      // What is written on a button is its name.
      Button: (Button) => ({ 'aria-label': label, ...props }) =>
        make(Button, typeof props.children === 'string' ? props : { 'aria-label': label, ...props }),
    },
  };
};
SwaggerUIBundle({
  url,
  dom_id: '#reader',
  deepLinking: true,
  validatorUrl: null,
  queryConfigEnabled: false,
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [named],
  syntaxHighlight: false,
});
`;

const READER_STYLE = `body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1c2230;background:#fff}
.above{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;max-width:1460px;margin:0 auto;padding:.75rem 20px}
.above a{color:#0b4fa8;padding:.25rem 0}
.above a:focus-visible{outline:3px solid currentcolor;outline-offset:2px}
.skip{position:absolute;left:-999rem}
.above .skip:focus{left:1rem;top:.5rem;z-index:1;padding:.5rem 1rem;background:#1c2230;color:#fff}
#reader:focus{outline:0}
.aloud{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (prefers-reduced-motion:reduce){.swagger-ui *{transition:none!important;animation:none!important}}
.swagger-ui pre.microlight,.swagger-ui pre.body-param__example{max-height:none!important;overflow:visible!important;white-space:pre-wrap!important}
html:not(.dark-mode) .swagger-ui .parameter__in{color:#59606b}
html:not(.dark-mode) .swagger-ui .btn.cancel{color:#b3261e;border-color:#b3261e}
html:not(.dark-mode) .swagger-ui .btn.execute{background:#1f5fa8;border-color:#1f5fa8}
html:not(.dark-mode) .swagger-ui .download-contents{background:#59606b}
noscript p{padding:0 20px}
.swagger-ui .info{margin:1.5rem 0}
.swagger-ui .info .link{display:none}
.swagger-ui .scheme-container{padding:1rem 0}
.swagger-ui .opblock-tag{font-size:1.15rem;padding-right:0}
html:not(.dark-mode) .swagger-ui .info .title small.version-stamp{background:#3d6600}
html:not(.dark-mode) .swagger-ui .btn.authorize{color:#1d6b45;border-color:#1d6b45}
html:not(.dark-mode) .swagger-ui .btn.authorize svg{fill:#1d6b45}
html:not(.dark-mode) .swagger-ui .opblock.opblock-post .opblock-summary-method{background:#1d6b45;color:#fff}
html:not(.dark-mode) .swagger-ui .opblock.opblock-get .opblock-summary-method{background:#1f5fa8;color:#fff}
html:not(.dark-mode) .swagger-ui .opblock.opblock-delete .opblock-summary-method{background:#a32020;color:#fff}
html.dark-mode .swagger-ui .opblock .try-out__btn.cancel{color:#ffb3ad!important}
html.dark-mode .swagger-ui .examples-select__section-label,html.dark-mode .swagger-ui .opblock table .header-col{color:#e4e6e6!important}
html.dark-mode body{color:#e6e9f0;background:#1c2022}
html.dark-mode .above a{color:#8fbcff}
`;

const fileOf = (name: string): string =>
  readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`), 'utf8');

/** What the pages of the APIs load, all from here: file name → media type and text. Read when first asked for. */
export const READER_FILES: Readonly<Record<string, { type: string; text: () => string }>> = {
  'swagger-ui.css': { type: 'text/css; charset=utf-8', text: () => fileOf('swagger-ui.css') },
  'swagger-ui-bundle.js': { type: 'text/javascript; charset=utf-8', text: () => fileOf('swagger-ui-bundle.js') },
  'reader.css': { type: 'text/css; charset=utf-8', text: () => READER_STYLE },
  'open.js': { type: 'text/javascript; charset=utf-8', text: () => OPEN_SCRIPT },
};
