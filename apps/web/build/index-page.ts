export interface PageFiles {
  readonly check: string
  readonly main: string
  /** Fetched at once beside the main script, as it imports them. */
  readonly alongside: readonly string[]
  readonly styles: readonly string[]
  /** The texts to begin with, a file for each language, English first: the one that is spoken is fetched beside the main script. */
  readonly words?: readonly string[]
  readonly buildId: string
}

/** The one page. Its first script is plain enough for any browser and says so where the app cannot run. */
export const indexPage = ({
  check,
  main,
  alongside,
  styles,
  words = [],
  buildId,
}: PageFiles): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#0b6b62">
<meta name="vaxel-build" content="${buildId}">
<title>Vaxel</title>
<link rel="icon" href="/icons/vaxel.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icons/vaxel-192.png">
<link rel="manifest" href="/app.webmanifest">
${styles.map((path) => `<link rel="stylesheet" href="${path}">`).join('\n')}
<script src="${check}" data-main="${main}"${words.length > 0 ? ` data-words="${words.join(' ')}"` : ''}></script>
${[main, ...alongside].map((path) => `<link rel="modulepreload" href="${path}">`).join('\n')}
</head>
<body>
<div id="app"></div>
<noscript>Vaxel needs JavaScript. · Vaxel behöver JavaScript. · Vaxel a besoin de JavaScript.</noscript>
</body>
</html>
`
