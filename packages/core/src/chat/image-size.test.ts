import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { imageSize } from './image-size.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'))

describe('the size of a picture', () => {
  for (const [name, hex, expected] of [
    ['PNG', '89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 08', { width: 640, height: 480 }],
    ['GIF', '474946383961 8002 e001 00', { width: 640, height: 480 }],
    ['JPEG', 'ffd8 ffe0 0004 0000 ffc0 0011 08 01e0 0280 03', { width: 640, height: 480 }],
    [
      'JPEG that stands on its side',
      'ffd8 ffe1 0022 457869660000 4949 2a00 08000000 0100 1201 0300 01000000 06000000 00000000 ffc2 0011 08 01e0 0280 03',
      { width: 480, height: 640 },
    ],
    [
      'WebP, extended',
      '52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100',
      { width: 640, height: 480 },
    ],
    ['WebP, lossless', '52494646 00000000 57454250 5650384c 00000000 2f 7fc27700', { width: 640, height: 480 }],
    ['PNG of no width', '89504e470d0a1a0a 0000000d 49484452 00000000 000001e0 08', undefined],
    ['PDF', '255044462d312e37 0000000000000000', undefined],
    ['half a JPEG', 'ffd8 ffe0 0004 0000 ffc0', undefined],
  ] as const)
    it(`is read from a ${name}`, () => assert.deepEqual(imageSize(bytes(hex)), expected))

  it('is never read past the end, whatever the bytes', () => {
    const starts = ['89504e47', '47494638', 'ffd8ffe1', '5249464600000000574542505650'].map((hex) => [...bytes(hex)])
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const size = imageSize(Uint8Array.from([...start, ...rest]))
        assert.ok(size === undefined || (size.width > 0 && size.height > 0))
      }),
    )
  })
})
