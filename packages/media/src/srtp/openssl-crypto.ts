import { loadForeignFunctions } from '../native/foreign-functions.ts'

/**
 * AES and HMAC of the OpenSSL inside Node, called directly: a packet costs a fifth of what it costs by node:crypto, because
 * contexts are kept and nothing is allocated. All pointers are addresses as numbers; see {@link addressOf}.
 */
const koffi = loadForeignFunctions()
const library = koffi.load(null)

const newCipherContext = library.func('void *EVP_CIPHER_CTX_new()')
const freeCipherContext: (context: number) => void = library.func('void EVP_CIPHER_CTX_free(uintptr_t)')
const initialise: (
  context: number,
  cipher: number,
  engine: number,
  key: number,
  iv: number,
  encrypts: number,
) => number = library.func('int EVP_CipherInit_ex(uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, int)')
const updateCipher: (context: number, out: number, outLength: number, from: number, length: number) => number =
  library.func('int EVP_CipherUpdate(uintptr_t, uintptr_t, uintptr_t, uintptr_t, int)')
const finishCipher: (context: number, out: number, outLength: number) => number = library.func(
  'int EVP_CipherFinal_ex(uintptr_t, uintptr_t, uintptr_t)',
)
const controlCipher: (context: number, command: number, value: number, pointer: number) => number = library.func(
  'int EVP_CIPHER_CTX_ctrl(uintptr_t, int, int, uintptr_t)',
)
const beginHash: (context: number) => number = library.func('int SHA1_Init(uintptr_t)')
const updateHash: (context: number, from: number, length: number) => number = library.func(
  'int SHA1_Update(uintptr_t, uintptr_t, size_t)',
)
const finishHash: (out: number, context: number) => number = library.func('int SHA1_Final(uintptr_t, uintptr_t)')

const getTag = 0x10
const setTag = 0x11
const tagBytes = 16

const addresses = new WeakMap<Uint8Array, number>()

/** Where a buffer's memory is, found once. Node keeps all array memory outside of the moving heap. */
export function addressOf(buffer: Uint8Array): number {
  let address = addresses.get(buffer)
  if (address === undefined) {
    address = Number(koffi.address(buffer))
    addresses.set(buffer, address)
  }
  return address
}

/** A buffer with memory of its own, zeroed. */
export function ownBuffer(bytes: number): Buffer {
  return Buffer.from(new ArrayBuffer(bytes))
}

/** The engine frees what no function mentions, even in a module: whose address alone is used must be named here. */
const kept: Uint8Array[] = []

/** The address of a buffer that then stays for ever. */
export function keptAddress(buffer: Uint8Array): number {
  kept.push(buffer)
  return addressOf(buffer)
}

/** Where OpenSSL writes lengths that nobody reads. */
const lengthOutAt = keptAddress(ownBuffer(16))

type CipherName = 'aes_128_ctr' | 'aes_128_gcm' | 'aes_256_gcm'
const ciphers = new Map<CipherName, number>()

function cipherNamed(name: CipherName): number {
  let cipher = ciphers.get(name)
  if (cipher === undefined) {
    cipher = Number(koffi.address(library.func(`void *EVP_${name}()`)()))
    ciphers.set(name, cipher)
  }
  return cipher
}

/** A cipher with its key: encrypts or decrypts in place, packet by packet. Must be closed. */
export class PacketCipher {
  readonly #encrypts: number
  readonly #ivBuffer: Buffer
  readonly #iv: number
  #context: number

  /** @param iv is read at each packet; 16 bytes for CTR, 12 for GCM */
  constructor(name: CipherName, key: Uint8Array, iv: Buffer, encrypts: boolean) {
    this.#encrypts = encrypts ? 1 : 0
    this.#ivBuffer = iv
    this.#iv = addressOf(this.#ivBuffer)
    this.#context = Number(koffi.address(newCipherContext()))
    const held = Buffer.from(key)
    if (initialise(this.#context, cipherNamed(name), 0, addressOf(held), this.#iv, this.#encrypts) !== 1) {
      throw new Error(`${name} cannot be used`)
    }
    held.fill(0)
  }

  /** CTR: applies the key stream to `length` bytes from `at` on. */
  apply(at: number, length: number): void {
    const context = this.#open()
    initialise(context, 0, 0, 0, this.#iv, this.#encrypts)
    updateCipher(context, at, lengthOutAt, at, length)
  }

  /** GCM: encrypts `length` bytes from `at` on and writes the tag of 16 bytes to `tagAt`. */
  seal(associatedAt: number, associatedLength: number, at: number, length: number, tagAt: number): void {
    const context = this.#open()
    initialise(context, 0, 0, 0, this.#iv, 1)
    updateCipher(context, 0, lengthOutAt, associatedAt, associatedLength)
    if (length > 0) updateCipher(context, at, lengthOutAt, at, length)
    finishCipher(context, lengthOutAt, lengthOutAt)
    controlCipher(context, getTag, tagBytes, tagAt)
  }

  /** GCM: decrypts in place. @returns whether the tag holds; if not, what was decrypted is worthless */
  open(associatedAt: number, associatedLength: number, at: number, length: number, tagAt: number): boolean {
    const context = this.#open()
    initialise(context, 0, 0, 0, this.#iv, 0)
    updateCipher(context, 0, lengthOutAt, associatedAt, associatedLength)
    if (length > 0) updateCipher(context, at, lengthOutAt, at, length)
    controlCipher(context, setTag, tagBytes, tagAt)
    return finishCipher(context, lengthOutAt, lengthOutAt) === 1
  }

  close(): void {
    if (this.#context === 0) return
    freeCipherContext(this.#context)
    this.#context = 0
  }

  /** OpenSSL would take a null pointer for real and end the process. */
  #open(): number {
    if (this.#context === 0) throw new Error('A cipher was used after it was closed')
    return this.#context
  }
}

const blockBytes = 64
const digestBytes = 20
/** Words of OpenSSL's SHA_CTX: five of the hash, two of the length, sixteen of a block begun, one of how much of it is there. */
const hashWords = 24
/** Of a hash that is at the end of a block, all but these are zero. */
const keptWords = 7
const hash = new Uint32Array(ownBuffer(hashWords * 4).buffer)
const hashAt = keptAddress(new Uint8Array(hash.buffer))
const keyBlock = ownBuffer(blockBytes)
const keyBlockAt = keptAddress(keyBlock)
const digest = ownBuffer(digestBytes)
const digestAt = keptAddress(digest)

/**
 * HMAC-SHA1 with its key (RFC 2104): OpenSSL's SHA-1, begun anew for each packet from where the key has brought it. OpenSSL's own
 * HMAC does the same in three contexts of some hundred bytes for each key, which with a thousand calls no cache holds.
 */
export class PacketMac {
  /** The 20 bytes of the last {@link compute} of any key. */
  readonly digest: Uint8Array = digest
  /** The hash behind the inner and the outer key block. */
  readonly #states = new Uint32Array(2 * keptWords)
  #isClosed = false

  constructor(key: Uint8Array) {
    if (key.length > blockBytes) throw new Error('Such a long key would have to be hashed first')
    for (const [i, pad] of [0x36, 0x5c].entries()) {
      for (let at = 0; at < blockBytes; at++) keyBlock[at] = (key[at] ?? 0) ^ pad
      beginHash(hashAt)
      updateHash(hashAt, keyBlockAt, blockBytes)
      this.#states.set(hash.subarray(0, keptWords), i * keptWords)
    }
    keyBlock.fill(0)
    hash.fill(0)
  }

  /** The code of `length` bytes from `at` on, followed by `trailerLength` from `trailerAt` on. */
  compute(at: number, length: number, trailerAt: number, trailerLength: number): void {
    if (this.#isClosed) throw new Error('A code was used after it was closed')
    this.#goOnFrom(0)
    updateHash(hashAt, at, length)
    if (trailerLength > 0) updateHash(hashAt, trailerAt, trailerLength)
    finishHash(digestAt, hashAt)
    this.#goOnFrom(keptWords)
    updateHash(hashAt, digestAt, digestBytes)
    finishHash(digestAt, hashAt)
  }

  /** Compares the first `bytes` of the digest in a time that does not depend on what they are. */
  matches(packet: Uint8Array, at: number, bytes: number): boolean {
    let difference = 0
    for (let i = 0; i < bytes; i++) difference |= digest[i]! ^ packet[at + i]!
    return difference === 0
  }

  close(): void {
    this.#isClosed = true
    this.#states.fill(0)
  }

  #goOnFrom(first: number): void {
    for (let i = 0; i < keptWords; i++) hash[i] = this.#states[first + i]!
    hash[hashWords - 1] = 0
  }
}
