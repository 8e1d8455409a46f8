import { loadForeignFunctions } from '../native/foreign-functions.ts'

/**
 * AES and SHA-1 of the OpenSSL inside Node, called directly: a packet costs a fifth of what it costs by node:crypto, because
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
const updateHash: (context: number, from: number, length: number) => number = library.func(
  'int SHA1_Update(uintptr_t, uintptr_t, size_t)',
)
const getTag = 0x10
const setTag = 0x11
const tagBytes = 16

const addresses = new WeakMap<Uint8Array, number>()
// A thread works on one received packet and one to be sent at a time: asking for those two costs no look-up.
let lastBuffer: Uint8Array | undefined
let lastAddress = 0
let formerBuffer: Uint8Array | undefined
let formerAddress = 0

/** Where a buffer's memory is, found once. Node keeps all array memory outside of the moving heap. */
export function addressOf(buffer: Uint8Array): number {
  if (buffer === lastBuffer) return lastAddress
  const former = formerBuffer
  const address = buffer === former ? formerAddress : foundAddress(buffer)
  formerBuffer = lastBuffer
  formerAddress = lastAddress
  lastBuffer = buffer
  lastAddress = address
  return address
}

function foundAddress(buffer: Uint8Array): number {
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

/** The initialisation vector of whatever is ciphered next: 16 bytes for counter mode, the first 12 of them for GCM. */
export const packetIv: DataView = new DataView(ownBuffer(16).buffer)
const ivAt = keptAddress(new Uint8Array(packetIv.buffer))

/** A context of its own, without a key. */
function newContext(): number {
  return Number(koffi.address(newCipherContext()))
}

let counterContext = 0

/**
 * AES-128 in counter mode (RFC 3711 §4.1.1): applies the key stream of the key at `keyAt` and {@link packetIv} to `length` bytes from
 * `at` on. One context for all keys, with the key set anew each time: that costs a hundredth of a microsecond, and a context a key
 * a kilobyte that with a thousand calls no cache holds (docs/decisions/0147).
 */
export function applyKeyStream(keyAt: number, at: number, length: number): void {
  if (counterContext === 0) {
    counterContext = newContext()
    initialise(counterContext, cipherNamed('aes_128_ctr'), 0, 0, 0, 1)
  }
  if (initialise(counterContext, 0, 0, keyAt, ivAt, 1) !== 1) throw new Error('aes_128_ctr cannot be used')
  updateCipher(counterContext, at, lengthOutAt, at, length)
}

/** AES-GCM with its key: encrypts or decrypts in place, packet by packet, with {@link packetIv}. Must be closed. */
export class PacketCipher {
  #context: number

  constructor(name: 'aes_128_gcm' | 'aes_256_gcm', key: Uint8Array, encrypts: boolean) {
    this.#context = newContext()
    const held = Buffer.from(key)
    if (initialise(this.#context, cipherNamed(name), 0, addressOf(held), ivAt, encrypts ? 1 : 0) !== 1) {
      throw new Error(`${name} cannot be used`)
    }
    held.fill(0)
  }

  /** Encrypts `length` bytes from `at` on and writes the tag of 16 bytes to `tagAt`. */
  seal(associatedAt: number, associatedLength: number, at: number, length: number, tagAt: number): void {
    const context = this.#open()
    initialise(context, 0, 0, 0, ivAt, 1)
    updateCipher(context, 0, lengthOutAt, associatedAt, associatedLength)
    if (length > 0) updateCipher(context, at, lengthOutAt, at, length)
    finishCipher(context, lengthOutAt, lengthOutAt)
    controlCipher(context, getTag, tagBytes, tagAt)
  }

  /** Decrypts in place. @returns whether the tag holds; if not, what was decrypted is worthless */
  open(associatedAt: number, associatedLength: number, at: number, length: number, tagAt: number): boolean {
    const context = this.#open()
    initialise(context, 0, 0, 0, ivAt, 0)
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

let onceContext = 0

/**
 * AES-256-GCM with a key that is set anew each time: encrypts `length` bytes from `at` on in place, with the first 12 bytes of {@link packetIv},
 * and writes the tag of 16 bytes to `tagAt`. For what comes seldom under each of many keys.
 */
export function sealOnce(
  keyAt: number,
  associatedAt: number,
  associatedLength: number,
  at: number,
  length: number,
  tagAt: number,
): void {
  if (onceContext === 0) onceContext = newContext()
  const context = onceContext
  if (initialise(context, cipherNamed('aes_256_gcm'), 0, keyAt, ivAt, 1) !== 1)
    throw new Error('aes_256_gcm cannot be used')
  updateCipher(context, 0, lengthOutAt, associatedAt, associatedLength)
  if (length > 0) updateCipher(context, at, lengthOutAt, at, length)
  finishCipher(context, lengthOutAt, lengthOutAt)
  controlCipher(context, getTag, tagBytes, tagAt)
}

/** Words of OpenSSL's SHA_CTX: five of the hash, two of the length, sixteen of a block begun, one of how much of it is there. */
const hashWords = 24
/** The hash of SHA-1 that {@link hashBlocks} goes on from, in its first five words. */
export const hashState: Uint32Array = new Uint32Array(ownBuffer(hashWords * 4).buffer)
const hashAt = keptAddress(new Uint8Array(hashState.buffer))

/** Takes whole blocks of 64 bytes into {@link hashState}; filling up the last one (FIPS 180-4 §5.1.1) is the caller's. */
export function hashBlocks(at: number, bytes: number): void {
  updateHash(hashAt, at, bytes)
}
