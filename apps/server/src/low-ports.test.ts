import assert from 'node:assert/strict'
import { createServer, type AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { mayBindLowPorts } from './low-ports.ts'

describe('the right to low ports', () => {
  it('is there also where another program has the port: whoever may not bind it is told so first', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as AddressInfo
    assert.equal(await mayBindLowPorts(port), true)
    await new Promise((done) => other.close(done))
    assert.equal(await mayBindLowPorts(port), true)
  })
})
