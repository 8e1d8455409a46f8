import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import { makeAccountKey, orderCertificate } from './acme-orders.ts'

describe('an order of a certificate', () => {
  let server: Server | undefined
  afterEach(() => server?.close())

  const order = async (directoryUrl: string) =>
    orderCertificate({
      order: { directoryUrl, names: ['vaxel.test'] },
      accountKeyPem: await makeAccountKey(),
      tokens: new Map(),
    })
  const serve = async (body: string) => {
    server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1')
    await new Promise((resolve) => server!.once('listening', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/dir`
  }

  it('says at once that nothing answers at the address', async () => {
    const url = await serve('')
    await new Promise((resolve) => server!.close(resolve))
    await assert.rejects(order(url), {
      message: `${url} cannot be reached (connect ECONNREFUSED ${new URL(url).host}). Check the address, and that this server may connect to it.`,
    })
  })

  it('says that something else than an ACME directory answers there', async () => {
    for (const body of ['<!doctype html>', '{"hello":1}', 'null']) {
      const url = await serve(body)
      await assert.rejects(order(url), {
        message: `What answers at ${url} is no ACME directory. Give the address of the directory itself, as the authority names it.`,
      })
      server?.close()
    }
  })
})
