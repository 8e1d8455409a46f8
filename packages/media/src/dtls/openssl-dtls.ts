import { loadForeignFunctions } from '../native/foreign-functions.ts'

/**
 * The functions of the OpenSSL inside Node that DTLS-SRTP needs. Objects are addresses as numbers. This file alone calls them
 * into being and frees them, and counts both, so that a leak is a failing test.
 */
const koffi = loadForeignFunctions()
const library = koffi.load(null)

type Address = number
const address = (pointer: unknown): Address => (pointer ? Number(koffi.address(pointer)) : 0)

const live = { contexts: 0, connections: 0, certificates: 0, keys: 0 }

/** Objects of OpenSSL that exist now, by kind. */
export function liveObjects(): Readonly<typeof live> {
  return { ...live }
}

const c = {
  DTLS_method: library.func('void *DTLS_method()'),
  SSL_CTX_new: library.func('void *SSL_CTX_new(void *)'),
  SSL_CTX_free: library.func('void SSL_CTX_free(uintptr_t)'),
  SSL_CTX_ctrl: library.func('long SSL_CTX_ctrl(uintptr_t, int, long, uintptr_t)'),
  SSL_CTX_set_options: library.func('uint64_t SSL_CTX_set_options(uintptr_t, uint64_t)'),
  SSL_CTX_set_cipher_list: library.func('int SSL_CTX_set_cipher_list(uintptr_t, const char *)'),
  SSL_CTX_use_certificate_ASN1: library.func('int SSL_CTX_use_certificate_ASN1(uintptr_t, int, void *)'),
  d2i_AutoPrivateKey: library.func('void *d2i_AutoPrivateKey(uintptr_t, void *, long)'),
  SSL_CTX_use_PrivateKey: library.func('int SSL_CTX_use_PrivateKey(uintptr_t, uintptr_t)'),
  SSL_CTX_check_private_key: library.func('int SSL_CTX_check_private_key(uintptr_t)'),
  EVP_PKEY_free: library.func('void EVP_PKEY_free(uintptr_t)'),
  SSL_CTX_set_tlsext_use_srtp: library.func('int SSL_CTX_set_tlsext_use_srtp(uintptr_t, const char *)'),
  SSL_CTX_set_verify: library.func('void SSL_CTX_set_verify(uintptr_t, int, void *)'),
  SSL_CTX_set_cert_verify_callback: library.func(
    'void SSL_CTX_set_cert_verify_callback(uintptr_t, uintptr_t, uintptr_t)',
  ),
  SSL_new: library.func('void *SSL_new(uintptr_t)'),
  SSL_free: library.func('void SSL_free(uintptr_t)'),
  SSL_ctrl: library.func('long SSL_ctrl(uintptr_t, int, long, uintptr_t)'),
  SSL_set_accept_state: library.func('void SSL_set_accept_state(uintptr_t)'),
  SSL_set_connect_state: library.func('void SSL_set_connect_state(uintptr_t)'),
  BIO_s_mem: library.func('void *BIO_s_mem()'),
  BIO_new: library.func('void *BIO_new(void *)'),
  BIO_ctrl: library.func('long BIO_ctrl(uintptr_t, int, long, uintptr_t)'),
  BIO_read: library.func('int BIO_read(uintptr_t, void *, int)'),
  BIO_write: library.func('int BIO_write(uintptr_t, const void *, int)'),
  SSL_set_bio: library.func('void SSL_set_bio(uintptr_t, uintptr_t, uintptr_t)'),
  SSL_do_handshake: library.func('int SSL_do_handshake(uintptr_t)'),
  SSL_read: library.func('int SSL_read(uintptr_t, void *, int)'),
  SSL_shutdown: library.func('int SSL_shutdown(uintptr_t)'),
  SSL_get_error: library.func('int SSL_get_error(uintptr_t, int)'),
  SSL_get1_peer_certificate: library.func('void *SSL_get1_peer_certificate(uintptr_t)'),
  i2d_X509: library.func('int i2d_X509(uintptr_t, void *)'),
  X509_free: library.func('void X509_free(uintptr_t)'),
  SSL_get_selected_srtp_profile: library.func('void *SSL_get_selected_srtp_profile(uintptr_t)'),
  SSL_export_keying_material: library.func(
    'int SSL_export_keying_material(uintptr_t, void *, size_t, const char *, size_t, uintptr_t, size_t, int)',
  ),
  ERR_clear_error: library.func('void ERR_clear_error()'),
}

// From the headers of OpenSSL 3.
const noQueryMtu = 2 ** 12
const noTicket = 2 ** 14
const noRenegotiation = 2 ** 30
const ctrlSetMtu = 17
const ctrlSetSessionCache = 44
const ctrlSetMostCertificateBytes = 51
const ctrlHandleTimeout = 74
const ctrlSetMinimumVersion = 123
const bioPending = 10
const dtls12 = 0xfefd
const verifyPeerAndFailWithout = 1 | 2
const wantRead = 2

/** Handshakes go in datagrams of at most so many bytes: 1280 of IPv6's smallest link, less headers and some tunnel. */
export const dtlsMtuBytes = 1200

/**
 * The chain is not checked: it is the fingerprint in the session description that counts (RFC 5763 §5), and it is compared
 * when the handshake is done. That the peer has the certificate's key, OpenSSL checks in any case.
 */
const verifyType = koffi.pointer(koffi.proto('int VaxelCertificateVerify(void *store, void *argument)'))

/** One certificate with its settings; many connections. */
export class OpenSslContext {
  #at: Address
  #verify: ReturnType<typeof koffi.register> | undefined

  /** @param srtpProfiles OpenSSL's names, in order of preference, parted by colons */
  constructor(certificate: Uint8Array, privateKey: Uint8Array, srtpProfiles: string) {
    this.#at = address(c.SSL_CTX_new(c.DTLS_method()))
    live.contexts++
    const key = address(c.d2i_AutoPrivateKey(0, pointerTo(privateKey), privateKey.length))
    live.keys++
    this.#verify = koffi.register(() => 1, verifyType)
    const at = this.#at
    const isUsable =
      c.SSL_CTX_use_certificate_ASN1(at, certificate.length, certificate) === 1 &&
      c.SSL_CTX_use_PrivateKey(at, key) === 1 &&
      c.SSL_CTX_check_private_key(at) === 1 &&
      c.SSL_CTX_set_tlsext_use_srtp(at, srtpProfiles) === 0 &&
      c.SSL_CTX_set_cipher_list(at, 'ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES') === 1
    c.EVP_PKEY_free(key)
    live.keys--
    c.SSL_CTX_ctrl(at, ctrlSetMinimumVersion, dtls12, 0)
    c.SSL_CTX_ctrl(at, ctrlSetSessionCache, 0, 0)
    c.SSL_CTX_ctrl(at, ctrlSetMostCertificateBytes, 16_384, 0)
    c.SSL_CTX_set_options(at, noQueryMtu + noTicket + noRenegotiation)
    c.SSL_CTX_set_verify(at, verifyPeerAndFailWithout, null)
    c.SSL_CTX_set_cert_verify_callback(at, Number(koffi.address(this.#verify)), 0)
    if (isUsable) return
    this.close()
    throw new Error('The DTLS certificate or its key cannot be used')
  }

  connection(isClient: boolean): OpenSslConnection {
    return new OpenSslConnection(this.#at, isClient)
  }

  /** Connections that still exist keep what they need. */
  close(): void {
    if (this.#at === 0) return
    c.SSL_CTX_free(this.#at)
    this.#at = 0
    live.contexts--
    if (this.#verify) koffi.unregister(this.#verify)
    this.#verify = undefined
  }
}

/** One DTLS connection between two memory BIOs. Anything called after {@link close} throws. */
export class OpenSslConnection {
  #address: Address
  readonly #incoming: Address
  readonly #outgoing: Address

  constructor(context: Address, isClient: boolean) {
    this.#address = address(c.SSL_new(context))
    live.connections++
    this.#incoming = address(c.BIO_new(c.BIO_s_mem()))
    this.#outgoing = address(c.BIO_new(c.BIO_s_mem()))
    // From now on the connection owns the BIOs.
    c.SSL_set_bio(this.#at, this.#incoming, this.#outgoing)
    c.SSL_ctrl(this.#at, ctrlSetMtu, dtlsMtuBytes, 0)
    if (isClient) c.SSL_set_connect_state(this.#at)
    else c.SSL_set_accept_state(this.#at)
  }

  /** Hands in one datagram. */
  write(packet: Uint8Array, length: number): void {
    if (this.#at) c.BIO_write(this.#incoming, packet, length)
  }

  /** Goes on with the handshake. */
  handshake(): 'done' | 'waiting' | 'failed' {
    c.ERR_clear_error()
    const result: number = c.SSL_do_handshake(this.#at)
    if (result === 1) return 'done'
    return c.SSL_get_error(this.#at, result) === wantRead ? 'waiting' : 'failed'
  }

  /** After the handshake: works on what was handed in (retransmissions, alerts); data is thrown away. */
  readAndForget(): void {
    c.ERR_clear_error()
    for (let i = 0; i < 16 && c.SSL_read(this.#at, scratch, scratch.length) > 0; i++);
  }

  /** Retransmits what is overdue. @returns false when it was retransmitted too often */
  handleTimeout(): boolean {
    c.ERR_clear_error()
    return c.SSL_ctrl(this.#at, ctrlHandleTimeout, 0, 0) >= 0
  }

  /** Takes what is to be sent: whole records, one after another. @returns bytes written to `out` */
  read(out: Uint8Array): number {
    if (this.#at && c.BIO_ctrl(this.#outgoing, bioPending, 0, 0) <= 0) return 0
    return Math.max(0, c.BIO_read(this.#outgoing, out, out.length))
  }

  /** The peer's certificate, DER. */
  peerCertificate(): Buffer | undefined {
    const certificate = address(c.SSL_get1_peer_certificate(this.#at))
    if (certificate === 0) return undefined
    live.certificates++
    try {
      const length: number = c.i2d_X509(certificate, null)
      if (length <= 0 || length > 65_536) return undefined
      const der = Buffer.alloc(length)
      c.i2d_X509(certificate, pointerTo(der))
      return der
    } finally {
      c.X509_free(certificate)
      live.certificates--
    }
  }

  /** Number of the SRTP protection profile (RFC 5764 §4.1.2) that both sides took. */
  srtpProfile(): number | undefined {
    const profile = c.SSL_get_selected_srtp_profile(this.#at)
    return profile ? Number(koffi.decode(profile, 8, 'unsigned long')) : undefined
  }

  /** RFC 5705. */
  exportKeys(label: string, bytes: number): Buffer | undefined {
    const out = Buffer.alloc(bytes)
    const result = c.SSL_export_keying_material(this.#at, out, bytes, label, label.length, 0, 0, 0)
    return result === 1 ? out : undefined
  }

  /** Says goodbye; the alert is among what {@link read} gives then. */
  shutdown(): void {
    c.ERR_clear_error()
    c.SSL_shutdown(this.#at)
  }

  /** Frees it with its BIOs. Idempotent. */
  close(): void {
    if (this.#address === 0) return
    c.SSL_free(this.#address)
    this.#address = 0
    live.connections--
  }

  /** OpenSSL would take a null pointer for real and end the process. */
  get #at(): Address {
    if (this.#address === 0) throw new Error('A DTLS connection was used after it was closed')
    return this.#address
  }
}

const scratch = Buffer.alloc(2048)

/** A pointer to a pointer to the buffer's bytes, as d2i and i2d functions want it. */
function pointerTo(buffer: Uint8Array): Buffer {
  const pointer = Buffer.alloc(8)
  pointer.writeBigUInt64LE(BigInt(Number(koffi.address(buffer))))
  return pointer
}
