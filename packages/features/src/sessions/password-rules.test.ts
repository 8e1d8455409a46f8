import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusePassword } from './password-rules.ts'

const own = ['anna', 'anna@one.test', 'Anna', 'Öberg', 'Ett AB']

describe('a new password', () => {
  it('is refused when it is what everybody tries first', () => {
    for (const password of [
      'password',
      'PASSWORD',
      'Password123!',
      'sommar2026',
      'qwertyui',
      'azertyuiop',
      '87654321',
      'abababab',
      'anna1234',
      'ANNA@one.test',
    ])
      assert.equal(refusePassword(password, own)?.mistakes?.[0]?.path, '/password', password)
  })

  it('is taken otherwise, whatever signs it has', () => {
    for (const password of ['a new one', 'long enough', 'tre små ord', '纸 船 很 远 了 吗', 'demo-204', 'fjgHy3!kd'])
      assert.equal(refusePassword(password, own), undefined, password)
  })
})
