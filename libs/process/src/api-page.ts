import type { OpenAPIObject } from '@nestjs/swagger';
import { TOKEN_SCHEME } from '@simpul/access';
import { escapeHtml } from './two-language-page.js';

/** An OpenAPI document and the name of the app that it describes. */
export interface ApiDescription {
  name: string;
  document: OpenAPIObject;
}

/** Below this path lie the rendered APIs and what their pages load; it has a content security policy of its own. */
export const APIS_PATH = '/docs/apis';

const TOKEN_HELP =
  'Paste a token; /docs/start tells how to get one. It lives 300 seconds. / Tempelkan token; cara memperolehnya ada di /docs/start. Token berlaku 300 detik.';

/**
 * The document as the reader needs it: Swagger UI knows client credentials with a shared secret only, and would ask for
 * one that nobody has. So a token is pasted.
 */
export function withPastedToken({ document }: ApiDescription): OpenAPIObject {
  const { securitySchemes: schemes, ...components } = document.components ?? {};
  if (!schemes?.[TOKEN_SCHEME]) return document;
  const pasted = { type: 'http' as const, scheme: 'bearer', bearerFormat: 'at+jwt', description: TOKEN_HELP };
  return { ...document, components: { ...components, securitySchemes: { ...schemes, [TOKEN_SCHEME]: pasted } } };
}

/** One API in Swagger UI, which speaks English; the texts of the documents are in both languages. */
export function apiPage({ name, document }: ApiDescription): string {
  const title = escapeHtml(document.info.title);
  const raw = `/docs/openapi/${name}.json`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · API</title>
<link rel="stylesheet" href="${APIS_PATH}/files/swagger-ui.css"><link rel="stylesheet" href="${APIS_PATH}/files/reader.css"></head>
<body><nav class="above" aria-label="Documentation"><a class="skip" href="#reader">Skip to content</a>
<a href="/docs#id" lang="id" hreflang="id">Dokumentasi Simpul</a><a href="/docs#en">Simpul documentation</a><a href="${raw}">openapi.json</a></nav>
<main><noscript><p lang="id">Halaman ini memerlukan JavaScript; isi yang sama dapat dibaca di <a href="${raw}">${raw}</a>.</p>
<p>This page needs JavaScript; <a href="${raw}">${raw}</a> says the same.</p></noscript>
<div id="reader" tabindex="-1" data-document="${APIS_PATH}/${name}/openapi.json"></div></main>
<script src="${APIS_PATH}/files/swagger-ui-bundle.js"></script><script src="${APIS_PATH}/files/open.js"></script></body></html>`;
}
