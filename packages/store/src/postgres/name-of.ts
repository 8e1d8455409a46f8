/** A database without user and password, for sentences: `host:port/name`. */
export function nameOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}${port === '' ? '' : `:${port}`}${pathname}`
}
