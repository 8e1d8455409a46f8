import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contactPatch, draftOf, newContact, numberIndex } from './contact-draft.ts'

describe('a contact that somebody writes', () => {
  it('leaves out what is empty', () => {
    const draft = {
      ...draftOf(),
      name: ' Östen Öhrn ',
      title: '  ',
      numbers: [
        { kind: 'work' as const, number: ' ' },
        { kind: 'mobile' as const, number: '070-174 06 05 ' },
      ],
      emails: 'a@b.example; c@d.example,',
    }
    assert.deepEqual(newContact(draft, 'personal'), {
      kind: 'personal',
      name: 'Östen Öhrn',
      numbers: [{ kind: 'mobile', number: '070-174 06 05' }],
      emails: ['a@b.example', 'c@d.example'],
    })
    assert.equal(numberIndex(draft, 1), 0)
  })

  it('tells only what was changed, and what was taken away', () => {
    const before = draftOf({ name: 'A', title: 'T', notes: 'N', skills: ['x', 'y'], emails: ['a@b.example'] })
    assert.deepEqual(contactPatch(before, before), {})
    assert.deepEqual(contactPatch(before, { ...before, title: ' ', notes: 'M', skills: 'x', emails: '' }), {
      title: null,
      notes: 'M',
      skills: ['x'],
      emails: null,
    })
    assert.deepEqual(contactPatch(before, { ...before, numbers: [{ kind: 'home', number: '08-1' }] }), {
      numbers: [{ kind: 'home', number: '08-1' }],
    })
  })

  it('shows numbers as they are written', () => {
    const numbers = [{ number: '+46846500401', text: '08-465 004 01', kind: 'work' as const }]
    assert.deepEqual(draftOf({ numbers }).numbers, [{ kind: 'work', number: '08-465 004 01' }])
  })
})
