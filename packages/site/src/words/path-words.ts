import type { Sentences } from './say.ts'

/** What the probe found of UDP ports, marks and packet sizes. */
export const pathWords = {
  'udp-sample': {
    en: 'Ports {ports} of {total}.',
    sv: 'Portarna {ports} av {total}.',
    fr: 'Ports {ports}, sur {total}.',
  },
  'udp-open': {
    en: 'Packets went to all {count} ports that were tried, and back.',
    sv: 'Paket gick till alla {count} prövade portar, och tillbaka.',
    fr: 'Des paquets sont allés aux {count} ports essayés, et en sont revenus.',
  },
  'udp-blocked': {
    en: 'Nothing came back from any of the {of} ports. Calls have no audio. Let UDP out to the range and its answers in.',
    sv: 'Inget kom tillbaka från någon av de {of} portarna. Samtal blir utan ljud. Släpp ut UDP till portområdet och släpp in svaren.',
    fr: 'Rien n’est revenu d’aucun des {of} ports. Les appels sont sans son. Autorisez UDP vers la plage, et les réponses en retour.',
  },
  'udp-some-blocked': {
    en: 'Nothing came back from {count} of {of} ports: {ports}. Some calls have no audio, others do. Open the whole range, not a part of it.',
    sv: 'Inget kom tillbaka från {count} av {of} portar: {ports}. Vissa samtal blir utan ljud, andra inte. Öppna hela portområdet, inte bara en del.',
    fr: 'Rien n’est revenu de {count} ports sur {of} : {ports}. Certains appels sont sans son, d’autres non. Ouvrez toute la plage, pas une partie.',
  },
  'udp-replies-lost': {
    en: 'The service hears this place on all {of} ports, but none of its answers comes back. People here are heard and hear nothing. Let the answers in.',
    sv: 'Tjänsten hör platsen på alla {of} portar, men inget av dess svar kommer tillbaka. De som är här hörs men hör ingenting. Släpp in svaren.',
    fr: 'Le service entend ce lieu sur les {of} ports, mais aucune réponse n’en revient. Les gens d’ici sont entendus et n’entendent rien. Laissez entrer les réponses.',
  },
  'udp-some-replies-lost': {
    en: 'The service hears this place on {count} of {of} ports ({ports}), but its answers do not come back from these. Some calls are one-way. Let the answers of the whole range in.',
    sv: 'Tjänsten hör platsen på {count} av {of} portar ({ports}), men dess svar kommer inte tillbaka därifrån. Vissa samtal hörs bara åt ett håll. Släpp in svaren från hela portområdet.',
    fr: 'Le service entend ce lieu sur {count} ports sur {of} ({ports}), mais ses réponses n’en reviennent pas. Certains appels sont à sens unique. Laissez entrer les réponses de toute la plage.',
  },
  'udp-cut': {
    en: 'A first packet passes on {count} of {of} ports ({ports}), the following ones do not. Audio stops as soon as it has begun. Look for a limit on UDP, or for a device that inspects it.',
    sv: 'Ett första paket går igenom på {count} av {of} portar ({ports}), men inte de följande. Ljudet tystnar så snart det börjat. Leta efter en gräns för UDP, eller en utrustning som granskar den.',
    fr: 'Un premier paquet passe sur {count} ports sur {of} ({ports}), pas les suivants. Le son s’arrête sitôt commencé. Cherchez une limite sur UDP, ou un équipement qui l’inspecte.',
  },
  'udp-lossy': {
    en: 'More than three of ten packets are lost on {count} of {of} ports ({ports}). Audio is broken. Look for a full line or a limit on UDP.',
    sv: 'Mer än tre av tio paket går förlorade på {count} av {of} portar ({ports}). Ljudet hackar. Leta efter en full förbindelse eller en gräns för UDP.',
    fr: 'Plus de trois paquets sur dix se perdent sur {count} ports sur {of} ({ports}). Le son est haché. Cherchez une liaison saturée ou une limite sur UDP.',
  },
  'udp-no-server': {
    en: 'The service could not be reached by any way when the ports were silent, so nothing is proven. Check the connection and try again.',
    sv: 'Tjänsten gick inte att nå på något sätt när portarna var tysta, så inget är bevisat. Kontrollera förbindelsen och försök igen.',
    fr: 'Le service était injoignable par tout moyen quand les ports sont restés muets : rien n’est prouvé. Vérifiez la connexion et réessayez.',
  },
  'udp-no-ports': {
    en: 'The service had no port of its range to spare for a test. Try again later.',
    sv: 'Tjänsten hade ingen port att avvara för provet. Försök igen senare.',
    fr: 'Le service n’avait aucun port de sa plage à prêter au test. Réessayez plus tard.',
  },
  'udp-closed-answers': {
    en: 'A port that is closed answered as well, so the answers of the others prove nothing. Something on the way sends ports on elsewhere.',
    sv: 'Även en port som är stängd svarade, så de andras svar bevisar inget. Något på vägen skickar portar vidare.',
    fr: 'Un port fermé a répondu lui aussi : les réponses des autres ne prouvent rien. Un équipement redirige des ports.',
  },
  'dscp-kept': {
    en: 'Marks of packets (EF, AF41, CS5) reach the service as they were sent.',
    sv: 'Märkning av paket (EF, AF41, CS5) når tjänsten som den sändes.',
    fr: 'Les marques des paquets (EF, AF41, CS5) arrivent au service telles qu’envoyées.',
  },
  'dscp-bleached': {
    en: 'Marks of packets are taken off on the way ({marks}). Audio then waits behind downloads when the line is full. Keep the marks in the network here; over the internet providers often remove them.',
    sv: 'Märkning av paket tas bort på vägen ({marks}). Ljud får då vänta bakom nedladdningar när förbindelsen är full. Behåll märkningen i det egna nätet; på internet tar operatörer ofta bort den.',
    fr: 'Les marques des paquets sont effacées en chemin ({marks}). Le son attend alors derrière les téléchargements quand la liaison est pleine. Conservez les marques dans le réseau d’ici ; sur Internet, les opérateurs les retirent souvent.',
  },
  'dscp-changed': {
    en: 'Marks of packets are changed on the way: {marks}. Audio may be served worse than what nobody waits for. Look at the rules for quality of service.',
    sv: 'Märkning av paket ändras på vägen: {marks}. Ljud kan få sämre behandling än det som ingen väntar på. Se över reglerna för tjänstekvalitet.',
    fr: 'Les marques des paquets sont modifiées en chemin : {marks}. Le son peut être moins bien servi que ce que personne n’attend. Revoyez les règles de qualité de service.',
  },
  'dscp-dropped': {
    en: 'Packets with these marks are lost while others pass: {marks}. Phones mark their audio, so calls here have none. Let marked packets through.',
    sv: 'Paket med dessa märken försvinner medan andra går fram: {marks}. Telefoner märker sitt ljud, så samtal här blir utan. Släpp igenom märkta paket.',
    fr: 'Les paquets portant ces marques se perdent alors que d’autres passent : {marks}. Les postes marquent leur son : les appels d’ici n’en ont pas. Laissez passer les paquets marqués.',
  },
  'dscp-cannot-mark': {
    en: 'This machine cannot mark packets, so marks were not tested. Run the probe on Linux.',
    sv: 'Den här datorn kan inte märka paket, så märkning är inte prövad. Kör proben på Linux.',
    fr: 'Cette machine ne peut pas marquer de paquets : les marques n’ont pas été testées. Lancez la sonde sous Linux.',
  },
  'dscp-server-blind': {
    en: 'The service cannot see marks of packets, so they were not tested.',
    sv: 'Tjänsten kan inte se paketens märkning, så den är inte prövad.',
    fr: 'Le service ne voit pas les marques des paquets : elles n’ont pas été testées.',
  },
  'dscp-no-echo': {
    en: 'Marks of packets were not tested, since UDP without marks does not pass either.',
    sv: 'Märkning är inte prövad, eftersom UDP utan märkning inte heller går fram.',
    fr: 'Les marques n’ont pas été testées, car UDP sans marque ne passe pas non plus.',
  },
  'mtu-whole': {
    en: 'Packets of {bytes} bytes pass whole, and larger ones in pieces.',
    sv: 'Paket på {bytes} byte går fram hela, och större i delar.',
    fr: 'Les paquets de {bytes} octets passent entiers, et les plus grands en morceaux.',
  },
  'mtu-told': {
    en: 'The way carries packets of {bytes} bytes, and says so to who sends larger ones; larger ones arrive in pieces.',
    sv: 'Vägen bär paket på {bytes} byte, och säger det till den som sänder större; större kommer fram i delar.',
    fr: 'Le chemin porte des paquets de {bytes} octets et le dit à qui en envoie de plus grands ; ceux-ci arrivent en morceaux.',
  },
  'mtu-small': {
    en: 'The way carries only {bytes} bytes a packet. Messages of call set-up come in pieces, and some are lost. Raise the MTU of the tunnel or line to at least 1,280 bytes.',
    sv: 'Vägen bär bara {bytes} byte per paket. Uppringningens meddelanden delas upp, och en del försvinner. Höj tunnelns eller förbindelsens MTU till minst 1 280 byte.',
    fr: 'Le chemin ne porte que {bytes} octets par paquet. Les messages d’établissement d’appel arrivent en morceaux, et certains se perdent. Portez la MTU du tunnel ou de la liaison à 1 280 octets au moins.',
  },
  'mtu-tiny': {
    en: 'Small packets pass, those of the usual size do not. Nobody can log in or call reliably. Look at the tunnel or line between here and the service.',
    sv: 'Små paket går fram, men inte de av vanlig storlek. Inloggning och samtal fungerar inte pålitligt. Se över tunneln eller förbindelsen till tjänsten.',
    fr: 'Les petits paquets passent, pas ceux de taille habituelle. Connexion et appels ne sont pas fiables. Examinez le tunnel ou la liaison vers le service.',
  },
  'mtu-black-hole': {
    en: 'Packets above {bytes} bytes are lost, and no router says so (its ICMP messages are filtered). Log-in and call set-up stall now and then, while small packets pass. Let ICMP “fragmentation needed” (IPv6: “packet too big”) through.',
    sv: 'Paket över {bytes} byte försvinner, och ingen router säger det (dess ICMP-meddelanden filtreras bort). Inloggning och uppringning hänger sig då och då, medan små paket går fram. Släpp igenom ICMP “fragmentation needed” (IPv6: “packet too big”).',
    fr: 'Les paquets de plus de {bytes} octets se perdent et aucun routeur ne le dit (ses messages ICMP sont filtrés). Connexion et établissement d’appel se bloquent parfois, alors que les petits paquets passent. Laissez passer ICMP « fragmentation needed » (IPv6 : « packet too big »).',
  },
  'mtu-large-lost': {
    en: 'Packets of 1,400 bytes do not arrive. Log-in and call set-up stall. Look at the MTU of the tunnel or line.',
    sv: 'Paket på 1 400 byte kommer inte fram. Inloggning och uppringning hänger sig. Se över tunnelns eller förbindelsens MTU.',
    fr: 'Les paquets de 1 400 octets n’arrivent pas. Connexion et établissement d’appel se bloquent. Examinez la MTU du tunnel ou de la liaison.',
  },
  'mtu-fragments-lost': {
    en: 'Packets that come in pieces are dropped. Calls of phones over UDP with long messages (video, many codecs) do not come about. Let fragments through, or let the phones use TLS.',
    sv: 'Paket som kommer i delar kastas. Samtal från telefoner över UDP med långa meddelanden (video, många kodekar) kommer inte till stånd. Släpp igenom fragment, eller låt telefonerna använda TLS.',
    fr: 'Les paquets en morceaux sont jetés. Les appels de postes en UDP aux longs messages (vidéo, nombreux codecs) n’aboutissent pas. Laissez passer les fragments, ou passez les postes en TLS.',
  },
  'mtu-cannot': {
    en: 'Packets of 1,400 and 2,000 bytes arrive. The exact limit was not tested: this machine cannot forbid fragments. Run the probe on Linux.',
    sv: 'Paket på 1 400 och 2 000 byte kommer fram. Den exakta gränsen är inte prövad: datorn kan inte förbjuda uppdelning. Kör proben på Linux.',
    fr: 'Les paquets de 1 400 et 2 000 octets arrivent. La limite exacte n’a pas été testée : cette machine ne peut pas interdire la fragmentation. Lancez la sonde sous Linux.',
  },
  'mtu-no-echo': {
    en: 'Packet sizes were not tested, since the echo service does not answer over UDP.',
    sv: 'Paketstorlekar är inte prövade, eftersom ekotjänsten inte svarar över UDP.',
    fr: 'Les tailles de paquets n’ont pas été testées, car le service d’écho ne répond pas en UDP.',
  },
} as const satisfies Sentences<string>
