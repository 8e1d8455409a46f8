/** Bytes that came in pieces, taken out in others. */
export class ByteQueue {
  #pieces: Buffer[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  push(piece: Buffer): void {
    if (piece.length === 0) return
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  /** The next so many bytes; there must be as many. */
  take(count: number): Buffer {
    if (count > this.#length) throw new RangeError(`${count} bytes are wanted of ${this.#length}`)
    const first = this.#pieces[0]
    if (first !== undefined && first.length > count) {
      this.#pieces[0] = first.subarray(count)
      this.#length -= count
      return first.subarray(0, count)
    }
    const taken: Buffer[] = []
    let missing = count
    let used = 0
    while (missing > 0) {
      const piece = this.#pieces[used]!
      if (piece.length > missing) {
        taken.push(piece.subarray(0, missing))
        this.#pieces[used] = piece.subarray(missing)
        missing = 0
      } else {
        taken.push(piece)
        missing -= piece.length
        used++
      }
    }
    this.#pieces.splice(0, used)
    this.#length -= count
    return taken.length === 1 ? taken[0]! : Buffer.concat(taken, count)
  }
}
