import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadProcessor, pinned, processorsIn, serverProcessor } from './pinned.ts'

describe('the processors of a measurement', () => {
  it('are read as the kernel lists them', () => {
    assert.deepEqual(processorsIn('0-1'), [0, 1])
    assert.deepEqual(processorsIn('2,4-6'), [2, 4, 5, 6])
  })

  it('are the same in a load that is held on its own: the server that it starts does not share it', () => {
    const code = `import { loadProcessor, serverProcessor } from '${fileURLToPath(new URL('pinned.ts', import.meta.url))}'
      console.log(String(serverProcessor), String(loadProcessor))`
    const [program, ...args] = pinned(loadProcessor, process.execPath, '--input-type=module', '-e', code)
    const said = execFileSync(program!, args, { encoding: 'utf8' })
    assert.equal(said.trim(), `${String(serverProcessor)} ${String(loadProcessor)}`)
  })
})
