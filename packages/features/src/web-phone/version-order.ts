/**
 * Whether a version comes before another: numbers between dots, from left to right; what is no number counts as 0.
 * @example isOlder('0.9.12', '0.10') // true
 */
export function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[.+-]/).map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : 0))
  const [one, other] = [numbers(version), numbers(than)]
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
