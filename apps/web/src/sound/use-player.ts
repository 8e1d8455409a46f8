import { type AudioHTMLAttributes, type RefObject, useEffect, useRef, useState } from 'react'

/** How fast a sound can be played. */
export const speeds = ['0.75', '1', '1.25', '1.5', '2'] as const
export type Speed = (typeof speeds)[number]

/** What the keys of a player show and do. */
export interface Player {
  /** For the `audio` element, with what it tells. */
  readonly audio: { readonly ref: RefObject<HTMLAudioElement | null> } & Required<
    Pick<AudioHTMLAttributes<HTMLAudioElement>, 'preload' | 'onPlay' | 'onPause' | 'onEnded' | 'onError'>
  >
  readonly isPlaying: boolean
  readonly atMs: number
  readonly speed: Speed
  /** It could not be loaded or played. */
  readonly hasFailed: boolean
  readonly fail: () => void
  readonly toggle: () => void
  /** To within the sound. */
  readonly seek: (ms: number) => void
  readonly setSpeed: (speed: Speed) => void
}

/**
 * Plays a sound from anywhere and at any speed; the browser asks the server for the parts that it needs, and for none before.
 * @param durationMs of the whole sound, before any of it is loaded
 * @param onPlayed each time that it begins or goes on
 */
export function usePlayer(durationMs: number, onPlayed?: () => void): Player {
  const ref = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [speed, setSpeed] = useState<Speed>('1')
  const [hasFailed, setFailed] = useState(false)
  const fail = () => setFailed(true)
  // Time updates come four times a second: while it plays, the position is looked at with each picture.
  useEffect(() => {
    if (!isPlaying) return
    let next = 0
    const look = () => {
      if (ref.current) setAtMs(ref.current.currentTime * 1000)
      next = requestAnimationFrame(look)
    }
    next = requestAnimationFrame(look)
    return () => cancelAnimationFrame(next)
  }, [isPlaying])
  return {
    audio: {
      ref,
      preload: 'none',
      onPlay: () => {
        setPlaying(true)
        onPlayed?.()
      },
      onPause: () => setPlaying(false),
      onEnded: () => setAtMs(durationMs),
      onError: fail,
    },
    isPlaying,
    atMs,
    speed,
    hasFailed,
    fail,
    toggle: () => {
      if (isPlaying) ref.current?.pause()
      else ref.current?.play().catch(fail)
    },
    seek: (ms) => {
      const to = Math.min(durationMs, Math.max(0, ms))
      if (ref.current) ref.current.currentTime = to / 1000
      setAtMs(to)
    },
    setSpeed: (next) => {
      setSpeed(next)
      if (ref.current) ref.current.playbackRate = Number(next)
    },
  }
}
