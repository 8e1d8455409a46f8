/** What the app and its libraries use of the language and the oldest browsers do not have; see build/browser-support.test.ts. */
function fillIn(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true })
}

type Indexed = ArrayLike<unknown>

function at(this: Indexed, index: number): unknown {
  const place = Math.trunc(index) || 0
  return this[place < 0 ? this.length + place : place]
}

function findLast(this: Indexed, test: (value: unknown, index: number, all: Indexed) => unknown): unknown {
  for (let i = this.length - 1; i >= 0; i--) if (test(this[i], i, this)) return this[i]
  return undefined
}

function toSorted(this: readonly unknown[], compare?: (a: unknown, b: unknown) => number): unknown[] {
  return [...this].sort(compare)
}

function replaceAll(this: string, pattern: string | RegExp, value: string): string {
  return typeof pattern === 'string' ? this.split(pattern).join(value) : this.replace(pattern, value)
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object
for (const prototype of [Array.prototype, String.prototype, typedArray]) fillIn(prototype, 'at', at)
for (const prototype of [Array.prototype, typedArray]) fillIn(prototype, 'findLast', findLast)
fillIn(Array.prototype, 'toSorted', toSorted)
fillIn(Object, 'hasOwn', (object: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(object, key))
fillIn(String.prototype, 'replaceAll', replaceAll)
