import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Collection, HidTelephony, usages } from './hid-telephony.ts'

/** As WebHID describes a headset: hook and mute in the first report, three lights in the second, with bits between that are not ours. */
const headset: readonly Collection[] = [
  {
    usagePage: 0x0c,
    inputReports: [{ reportId: 1, items: [{ usages: [0x000c00e9], reportSize: 1, reportCount: 1 }] }],
  },
  {
    usagePage: 0x0b,
    inputReports: [
      {
        reportId: 3,
        items: [
          { usages: [0x000b0050], reportSize: 4, reportCount: 1 },
          { usages: [usages.hookSwitch], reportSize: 1, reportCount: 1, isAbsolute: true },
          { usages: [usages.phoneMute], reportSize: 1, reportCount: 1, isAbsolute: false },
          { usages: [usages.drop], reportSize: 1, reportCount: 1, isAbsolute: false },
        ],
      },
    ],
    children: [
      {
        outputReports: [
          {
            reportId: 4,
            items: [
              { usages: [usages.ledMute, usages.ledOffHook], reportSize: 1, reportCount: 2 },
              { reportSize: 6, reportCount: 1 },
              {
                isRange: true,
                usageMinimum: usages.ledRing,
                usageMaximum: usages.ledRing,
                reportSize: 1,
                reportCount: 1,
              },
            ],
          },
        ],
      },
    ],
  },
]

const [hook, mute, drop] = [0b1_0000, 0b10_0000, 0b100_0000]
const report = (bits: number): Uint8Array => Uint8Array.of(bits)

describe('the reports of a headset', () => {
  it('tell the hook when it moves, and not when something else does', () => {
    const telephony = new HidTelephony(headset)
    assert.ok(telephony.isTelephone)
    assert.deepEqual(telephony.read(3, report(hook)), ['hookOff'])
    assert.deepEqual(telephony.read(3, report(hook | 0b0101)), [])
    assert.deepEqual(telephony.read(1, report(0)), [])
    assert.deepEqual(telephony.read(3, report(0)), ['hookOn'])
  })

  it('tell a press of mute, whose meaning turns over, also when the page muted in between', () => {
    const telephony = new HidTelephony(headset)
    const press = () => [...telephony.read(3, report(hook | mute)), ...telephony.read(3, report(hook))]
    telephony.read(3, report(hook))
    assert.deepEqual(press(), ['mute'])
    assert.deepEqual(press(), ['unmute'])
    telephony.write({ isMuted: true, isOffHook: true, isOnHold: false, isRinging: false })
    assert.deepEqual(press(), ['unmute'])
  })

  it('tell that a call is declined', () => {
    assert.deepEqual(new HidTelephony(headset).read(3, report(drop)), ['reject'])
  })

  it('show lights where they are', () => {
    const telephony = new HidTelephony(headset)
    const lights = { isMuted: true, isOffHook: false, isOnHold: true, isRinging: true }
    assert.deepEqual(telephony.write(lights), [{ reportId: 4, data: Uint8Array.of(0b1, 0b1) }])
    assert.deepEqual(telephony.write({ ...lights, isMuted: false, isOffHook: true, isRinging: false }), [
      { reportId: 4, data: Uint8Array.of(0b10, 0) },
    ])
  })

  it('of something without a hook are no headset', () => {
    assert.equal(new HidTelephony([headset[0]!]).isTelephone, false)
  })

  it('that are shorter than they say are read as nothing pressed', () => {
    assert.deepEqual(new HidTelephony(headset).read(3, new Uint8Array(0)), [])
  })
})
