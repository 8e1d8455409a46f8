/**
 * What the demo's passwords (`demo-201` and so on, which everyone knows) hash to, by extension: as costly to check as those of any other
 * account, and not made anew at each first start. See docs/decisions/0141-what-a-start-does-not-do.md.
 */
export const demoPasswordHashes: Readonly<Record<string, string>> = {
  201: '$argon2id$v=19$m=19456,t=2,p=1$/nASWpvOgZ0B/jyAa2l8Bw$FUcX2GpeP8XjBuGq202DTUXMPPpvKR0EiUvYbQdAaS8',
  202: '$argon2id$v=19$m=19456,t=2,p=1$lecTpKD0meNcgQLyDbAZYA$Tb52wOQfn6tY/Nk+8iEUX/Ce60zQXqgHZRPXDAOHMxs',
  203: '$argon2id$v=19$m=19456,t=2,p=1$nirErKFdNwNZn5Q7oxwMNA$gNQqS21rBEvjz7CraUJ0xPNHcchPk4cBUOumPzdR2z4',
  204: '$argon2id$v=19$m=19456,t=2,p=1$jJL3Xfz+E/AEmu4ZNTN2jA$PHWOX0oVTKehr3h+A22g6XaQUqmV/Ac3At6z99S+yXw',
  205: '$argon2id$v=19$m=19456,t=2,p=1$1AEsYT7jwl1SLsLBsTSE1Q$yc1KPP14137DtoPB4k6nacQS/w2Muu6/ricJ8kfAOAQ',
  206: '$argon2id$v=19$m=19456,t=2,p=1$x/7TLu29cZ5LbULz7Iq7ZA$t0g+8WdbUmmgT/jMKukhPnL8NchnLMblibmW3LOAEZ8',
  207: '$argon2id$v=19$m=19456,t=2,p=1$sEc9gobifumZUTUvGMAfCQ$LhKw6VdMcvoYRfxuCU+41M/fLN14lxKgO6bCSxBjHAg',
  208: '$argon2id$v=19$m=19456,t=2,p=1$7fFKN98moGRCRmXOQnphVw$YFTwEOQEriIImTsDMbEIjd2IpTwa4ANO0TIySlVV6NU',
  209: '$argon2id$v=19$m=19456,t=2,p=1$8thLLDsEHNI9QvD2GrN0Ag$8/qWjZXBVecSQC01B55AeOqJrBT5lrKRlbMDduxDA4g',
  210: '$argon2id$v=19$m=19456,t=2,p=1$0GXRZNpbydl84oiG26fUgg$U7bz/XPj9bLwUPdqhGZSu7uMA0XXlZjvo+lXhGX/kTI',
  211: '$argon2id$v=19$m=19456,t=2,p=1$Wpr0W5rrd1q298zUbys4rg$/kQhNgPj5EhT9XGEReIyDOlJuCTDkl4zRoyK7SUjVBA',
  212: '$argon2id$v=19$m=19456,t=2,p=1$pGjWZeDifMHA7JgIV29XSw$O8Yc1W75hivrtjkY9mPlvkN0UttlfokFfRwQwEaI0QI',
  213: '$argon2id$v=19$m=19456,t=2,p=1$PwJPULqXRWJ1Idr3AZX+Cg$Xl+mp4j4rpQUOhXn8hiycgkQyxhtBKuQTqcnJGsWB7Y',
  214: '$argon2id$v=19$m=19456,t=2,p=1$NaF/uuGOBmeaMcZK4vC1VQ$rHNxiHraPivQJbBj67LajesfmvQn46fzpwTlbcqei8o',
  215: '$argon2id$v=19$m=19456,t=2,p=1$fCXh/nt79l05gdx9kgua0A$0iM9m1uKUiXWYM2cY9E6Q53ryvSaTMf6ygF82pZT8/8',
  216: '$argon2id$v=19$m=19456,t=2,p=1$YWXGU8SJgp043o0c64HGxQ$hf30VLYJrJl4RfZbP7ypni5K6RmNI6CRXtXygFFkY4I',
  217: '$argon2id$v=19$m=19456,t=2,p=1$QKDPlXy9C+miTnTFZerEOw$VeTCLDD5WZ+QRHof8wJ6/2DQRYKy83tKd+G1jOUzHhM',
  218: '$argon2id$v=19$m=19456,t=2,p=1$LnI4zQEjHqDNrvBGhKFBYg$zUhZCg1vzhfidD/XJHkEeMF7LYrqstOWlbgUFcPDH4Y',
  219: '$argon2id$v=19$m=19456,t=2,p=1$25iaB96JM8w5zaUPaliUDg$TxZQQ9+HkHitAgolblrJ0YcOsoD7lfIscB5MrILG5GU',
  220: '$argon2id$v=19$m=19456,t=2,p=1$F5LoKq9LuZNMC7B01rV58Q$+R/Smj/Afg6ENrfmxbc+Iva28nZnkXGeyTyEj7XwOJo',
}
