import { deepEqual, equal, match } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfiguration } from './configuration.ts'
import { readLimits } from './read-limits.ts'

describe('limits as settings', () => {
  it('go to the part of the server that keeps them', () => {
    const mistakes: string[] = []
    deepEqual(readLimits('connectionsPerSource=50, messageMs=5000,sourceLockedAfter=5,loopbackLimited=0', mistakes), {
      network: { connectionsPerSource: 50, messageMs: 5000 },
      abuse: { sourceLockedAfter: 5, loopbackLimited: 0 },
    })
    deepEqual([readLimits(undefined, mistakes), mistakes], [{ network: {}, abuse: {} }, []])
  })

  it('that cannot be are named all at once, with those of other settings', () => {
    const environment = {
      VAXEL_LIMITS: 'connections=0,toString=1,udpFlows=-1,messageMs=99999999999,messageMs',
      VAXEL_SIP_PORT: 'x',
    }
    const read = readConfiguration(environment, {}, false)
    equal(read.ok, false)
    const mistakes = read.ok ? [] : read.mistakes
    equal(mistakes.length, 6)
    for (const name of ['connections', 'toString', 'udpFlows', 'messageMs', 'VAXEL_SIP_PORT'])
      match(mistakes.join(' '), new RegExp(name))
  })
})
