import { escapeHtml } from './escape-html.ts'

export interface LandingPage {
  readonly version: string
  /** Where the documentation is, if not only in the repository. */
  readonly documentationUrl?: string
}

/** A page for whoever opens the server in a browser before the portal is there: what runs, and where to go. */
export function landingPage({ version, documentationUrl }: LandingPage): string {
  const documentation = documentationUrl
    ? `<li><a href="${escapeHtml(documentationUrl)}">Documentation</a></li>`
    : '<li>Documentation: the folder <code>docs</code> of the source</li>'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vaxel</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<main>
<h1>Vaxel is running</h1>
<p>Version ${escapeHtml(version)}. This server carries calls; it is commanded through its API and the <code>vaxel</code> command line.</p>
<ul>
<li><a href="/api/openapi.json">API description (OpenAPI 3.1)</a></li>
<li><a href="/healthz">Health</a></li>
${documentation}
</ul>
<p>Log in: <code>npx vaxel login NAME@DOMAIN</code></p>
</main>
</body>
</html>
`
}
