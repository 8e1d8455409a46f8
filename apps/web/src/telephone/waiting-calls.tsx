import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Button, Card } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import { codeOf } from './code-text.ts'
import { deskDevice } from './desk-device.ts'
import css from './telephone.module.css'
import { useTelephoneFeatures } from './use-telephone.ts'

/** A list of the server that a notice says is to be read anew. */
function useNoticed<T>(load: () => Promise<{ readonly items: readonly T[] }>, notice: string): readonly T[] {
  const { events, showFault } = useApp()
  const [items, setItems] = useState<readonly T[]>([])
  useEffect(() => {
    let isOver = false
    const read = () => {
      load().then((found) => {
        if (!isOver) setItems(found.items)
      }, showFault)
    }
    const stops = [events.onNotice(notice, read), events.onLive(read)]
    return () => {
      isOver = true
      for (const stop of stops) stop()
    }
  }, [load, notice, events, showFault])
  return items
}

/**
 * Calls that wait for somebody to take them: parked ones, what rings at colleagues, and people who are called when they are free.
 * They are taken with this browser's telephone, or with the desk phone.
 */
export function WaitingCalls() {
  const { telephone } = useWords()
  const format = useFormat()
  const { api, showFault, services } = useApp()
  const device = useValue(deskDevice)
  const features = useTelephoneFeatures()
  const parked = useNoticed<ReplyOf<'listParkedCalls'>['items'][number]>(
    useCallback(() => api.call('listParkedCalls'), [api]),
    'parkedCalls.changed',
  )
  const ringing = useNoticed<ReplyOf<'listCallsToPickUp'>['items'][number]>(
    useCallback(() => api.call('listCallsToPickUp'), [api]),
    'callsToPickUp.changed',
  )
  const backs = useNoticed<ReplyOf<'listCallBacks'>['items'][number]>(
    useCallback(() => api.call('listCallBacks'), [api]),
    'callBacks.changed',
  )
  const pickupCode = codeOf(features?.codes, 'directedPickup')
  const body = device === undefined ? {} : { deviceId: device }
  return (
    <>
      {ringing.length > 0 && pickupCode !== undefined && (
        <Card title={telephone.rings}>
          {ringing.map(({ callId, from, at, atNumber, since }) => (
            <Row key={callId} who={from} what={telephone.ringsAt(at)} since={since}>
              <Button
                kind="primary"
                icon="call"
                onPress={() => {
                  if (device === undefined) services.callNumber?.(`${pickupCode}${atNumber}`, from)
                  else api.call('pickUpCall', { params: { callId }, body }).catch(showFault)
                }}
              >
                {telephone.pickUp}
              </Button>
            </Row>
          ))}
        </Card>
      )}
      {parked.length > 0 && (
        <Card title={telephone.parked}>
          {parked.map(({ place, who, by, since, isRecalling }) => (
            <Row
              key={place}
              who={
                <>
                  <Badge tone="info">{place}</Badge> {who}
                </>
              }
              what={isRecalling ? telephone.recalling : by === undefined ? '' : telephone.parkedBy(by)}
              since={since}
            >
              <Button
                icon="call"
                aria-label={`${telephone.fetch}: ${who}`}
                onPress={() => {
                  if (device === undefined) services.callNumber?.(place, who)
                  else api.call('fetchParkedCall', { params: { place }, body }).catch(showFault)
                }}
              >
                {telephone.fetch}
              </Button>
            </Row>
          ))}
        </Card>
      )}
      {backs.length > 0 && (
        <Card title={telephone.callBacks}>
          {backs.map(({ id, name, reason, until }) => (
            <Row
              key={id}
              who={name}
              what={`${reason === 'busy' ? telephone.callBackBusy : telephone.callBackNoAnswer}, ${telephone.callBackUntil(format.time(Date.parse(until)))}`}
            >
              <Button
                icon="close"
                aria-label={`${telephone.callBackCancel}: ${name}`}
                onPress={() => {
                  api.call('cancelCallBack', { params: { callBackId: id } }).catch(showFault)
                }}
              >
                {telephone.callBackCancel}
              </Button>
            </Row>
          ))}
        </Card>
      )}
    </>
  )
}

function Row({
  who,
  what,
  since,
  children,
}: {
  readonly who: ReactNode
  readonly what: string
  readonly since?: string
  readonly children: ReactNode
}) {
  return (
    <div className={css.row}>
      <div className={css.who}>
        <strong>{who}</strong> {what} {since !== undefined && <Ticking sinceMs={Date.parse(since)} />}
      </div>
      {children}
    </div>
  )
}
