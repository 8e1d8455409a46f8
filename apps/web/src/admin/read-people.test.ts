import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseTable } from './parse-table.ts'
import { knownUsers, readPeople } from './read-people.ts'

const known = new Map([['ada', { id: 'u1' }]])
const read = (text: string) => readPeople(parseTable(text), known)

describe('people in a pasted list', () => {
  it('are new, or changed when their login is known', () => {
    const result = read(
      'Namn;Inloggning;Anknytning;Roll;Språk\nAda Ek;ADA@demo;20 1;Telefonist;\nBo Berg;bo;202;;svenska',
    )
    assert.ok(result.ok)
    assert.deepEqual(
      result.items.map(({ item }) => item),
      [
        { userId: 'u1', change: { displayName: 'Ada Ek', extension: '201', role: 'attendant' } },
        { create: { name: 'bo', displayName: 'Bo Berg', extension: '202', language: 'sv' } },
      ],
    )
  })

  it('are those of their own domain, where several have the same name', () => {
    const users = [
      { id: 'u1', login: 'ada@one.example' },
      { id: 'u2', login: 'ada@two.example' },
      { id: 'u3', login: 'bo@one.example' },
    ]
    const text = [
      'name,login',
      'Ada One,ada@one.example',
      'Ada Two,Ada@Two.example',
      'Bo Two,bo@two.example',
      'Bo One,bo',
      'Bo Mail,bo@mail.example',
    ].join('\n')
    const result = readPeople(parseTable(text), knownUsers(users))
    assert.ok(result.ok)
    assert.deepEqual(
      result.items.map(({ item }) => item),
      [
        { userId: 'u1', change: { displayName: 'Ada One' } },
        { userId: 'u2', change: { displayName: 'Ada Two' } },
        { create: { name: 'bo', domain: 'two.example', displayName: 'Bo Two' } },
        { userId: 'u3', change: { displayName: 'Bo One' } },
        { userId: 'u3', change: { displayName: 'Bo Mail' } },
      ],
    )
  })

  it('say what is wrong in which line', () => {
    const result = read('name,login,role\nAda,ada,king')
    assert.ok(result.ok)
    assert.deepEqual(result.mistakes, [{ line: 2, text: 'king', why: 'role' }])
    assert.deepEqual(read('name,login'), { ok: false, why: 'empty' })
    assert.deepEqual(read('role\nuser'), { ok: false, why: 'noLogin' })
    assert.deepEqual(read('login\nada'), { ok: false, why: 'noName' })
  })
})
