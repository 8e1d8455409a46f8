const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Many texts in one piece of memory, which the garbage collector does not walk through: UTF-8, one after the other. */
export class PackedTexts {
  readonly #bytes: Uint8Array
  readonly #starts: Uint32Array

  constructor(texts: readonly string[]) {
    let bytes = new Uint8Array(1024)
    let used = 0
    this.#starts = new Uint32Array(texts.length + 1)
    texts.forEach((text, i) => {
      // UTF-8 is at most three bytes for a unit of UTF-16.
      if (used + text.length * 3 > bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, used + text.length * 3))
        larger.set(bytes.subarray(0, used))
        bytes = larger
      }
      used += encoder.encodeInto(text, bytes.subarray(used)).written
      this.#starts[i + 1] = used
    })
    this.#bytes = bytes.slice(0, used)
  }

  at(index: number): string {
    return decoder.decode(this.#bytes.subarray(this.#starts[index], this.#starts[index + 1]))
  }

  get sizeBytes(): number {
    return this.#bytes.byteLength + this.#starts.byteLength
  }
}
