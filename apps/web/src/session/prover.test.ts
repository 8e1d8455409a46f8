import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Api, ApiFault } from '../api/api.ts'
import { Prover } from './prover.ts'

/** An API that wants a proof until it has one. */
function wanting() {
  const calls: unknown[] = []
  const state = { isProven: false, calls }
  const call = async (...asked: unknown[]) => {
    calls.push(asked)
    if (!state.isProven) throw new ApiFault({ code: 'SESSION_PROOF_NEEDED', status: 403, title: 'no' })
    return 'done'
  }
  return { state, api: { call: call as unknown as Api['call'] } }
}

describe('asking for a proof', () => {
  it('does again what it was wanted for, once it is given', async () => {
    const { state, api } = wanting()
    const prover = new Prover()
    const around = prover.around(api)
    const both = Promise.all([around.call('removeCodes'), around.call('startCodes')])
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(prover.isAsking.get(), true)
    state.isProven = true
    prover.answered(true)
    assert.deepEqual(await both, ['done', 'done'])
    assert.equal(prover.isAsking.get(), false)
    assert.equal(state.calls.length, 4)
  })

  it('lets it be when nobody wants to', async () => {
    const { api, state } = wanting()
    const prover = new Prover()
    const call = prover.around(api).call('removeCodes')
    await new Promise((resolve) => setImmediate(resolve))
    prover.answered(false)
    await assert.rejects(call, { code: 'SESSION_PROOF_NEEDED' })
    assert.equal(state.calls.length, 1)
  })
})
