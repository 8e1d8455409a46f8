/** In the order in which they are looked for: later ones carry the names of earlier ones too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* .*Safari\//, 'Safari'],
  [/^curl\/(\d+)/, 'curl'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/**
 * Browser and system of a User-Agent, as people call them, as far as it says so. For people to know their own logins
 * again; nothing is decided by it.
 * @example agentInWords('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0') // { browser: 'Firefox 128', system: 'Linux' }
 */
export function agentInWords(agent: string | undefined): { browser?: string; system?: string } {
  if (agent === undefined) return {}
  const browser = browsers
    .map(([form, name]) => ({ name, version: form.exec(agent)?.[1] }))
    .find(({ version }) => version)
  const system = systems.find(([form]) => form.test(agent))
  return {
    ...(browser ? { browser: `${browser.name} ${browser.version}` } : {}),
    ...(system ? { system: system[1] } : {}),
  }
}
