import type { Sentences } from '../words/say.ts'

/** What is said in and about files of rules, and about rule sets that were read. */
export const ruleWords = {
  fileHead: {
    en: 'Openings of the firewall for {site}: {count} openings.',
    sv: 'Brandväggsöppningar för {site}: {count} öppningar.',
    fr: 'Ouvertures du pare-feu pour {site} : {count} ouvertures.',
  },
  thisSite: { en: 'this site', sv: 'den här platsen', fr: 'ce site' },
  notInFile: {
    en: 'NOT IN THIS FILE, to be opened by other means:',
    sv: 'INTE MED I FILEN, måste öppnas på annat sätt:',
    fr: 'ABSENT DE CE FICHIER, à ouvrir par un autre moyen :',
  },
  mind: { en: 'Mind:', sv: 'Tänk på:', fr: 'À savoir :' },
  openBy: { en: 'open by {day}', sv: 'öppna senast {day}', fr: 'ouvrir avant le {day}' },
  closeAfter: { en: 'close after {day}', sv: 'stäng efter {day}', fr: 'fermer après le {day}' },
  answersOf: { en: 'answers', sv: 'svar', fr: 'réponses' },
  anyAddress: {
    en: '“{end}” is open for every address, because none is known. Put its networks into the profile to narrow the rule.',
    sv: '”{end}” är öppet för alla adresser eftersom ingen är känd. Skriv in näten i platsens profil för att snäva in regeln.',
    fr: '« {end} » est ouvert à toutes les adresses, faute d’en connaître. Indiquez ses réseaux dans le profil pour resserrer la règle.',
  },
  familyLeftOut: {
    en: 'IPv{family} is left out: only one of the two ends has such addresses.',
    sv: 'IPv{family} är utelämnat: bara den ena änden har sådana adresser.',
    fr: 'IPv{family} est laissé de côté : une seule des deux extrémités a de telles adresses.',
  },
  leftOutByDirection: {
    en: '{count} openings are left out, as you asked, because of their direction.',
    sv: '{count} öppningar är utelämnade på grund av sin riktning, som du bad om.',
    fr: '{count} ouvertures sont laissées de côté à cause de leur sens, comme demandé.',
  },
  insideOnes: {
    en: '{count} openings are between places within the site’s network: only a firewall that stands between them needs these rules.',
    sv: '{count} öppningar ligger mellan platser i det egna nätet: bara en brandvägg som står emellan behöver de reglerna.',
    fr: '{count} ouvertures relient des points du réseau interne : seul un pare-feu placé entre eux a besoin de ces règles.',
  },
  noNames: {
    en: 'This firewall knows addresses only, not the names {names}. Look the names up and put their addresses into the profile, let the traffic go through a web proxy that filters by name, or use a firewall that does.',
    sv: 'Den här brandväggen känner bara adresser, inte namnen {names}. Slå upp namnen och skriv adresserna i profilen, låt trafiken gå via en webbproxy som filtrerar på namn, eller använd en brandvägg som kan namn.',
    fr: 'Ce pare-feu ne connaît que des adresses, pas les noms {names}. Résolvez-les et mettez leurs adresses dans le profil, faites passer ce trafic par un proxy qui filtre par nom, ou prenez un pare-feu qui connaît les noms.',
  },
  noWildcards: {
    en: 'This firewall knows single names but not all names of a zone ({names}). List the names that are used, or filter this traffic in a web proxy.',
    sv: 'Den här brandväggen kan enskilda namn men inte alla namn i en zon ({names}). Räkna upp de namn som används, eller filtrera trafiken i en webbproxy.',
    fr: 'Ce pare-feu connaît des noms précis mais pas tous ceux d’une zone ({names}). Énumérez les noms utilisés, ou filtrez ce trafic dans un proxy web.',
  },
  namesOpenedToAny: {
    en: 'This firewall cannot hold the names {names}: as you asked, the ports are open to every address. Narrow them in a web proxy.',
    sv: 'Den här brandväggen kan inte namnen {names}: som du bad om är portarna öppna mot alla adresser. Snäva in dem i en webbproxy.',
    fr: 'Ce pare-feu ne sait pas écrire les noms {names} : comme demandé, les ports sont ouverts vers toutes les adresses. Resserrez dans un proxy web.',
  },
  noAddress: {
    en: 'Neither an address nor a name: {texts}. Correct it in the catalogue or the profile.',
    sv: 'Varken en adress eller ett namn: {texts}. Rätta det i katalogen eller profilen.',
    fr: 'Ni une adresse ni un nom : {texts}. Corrigez-le dans le catalogue ou le profil.',
  },
  noPorts: {
    en: 'No ports are given. Correct the requirement in the catalogue.',
    sv: 'Inga portar är angivna. Rätta kravet i katalogen.',
    fr: 'Aucun port n’est indiqué. Corrigez l’exigence dans le catalogue.',
  },
  noCommonFamily: {
    en: 'One end has IPv4 addresses only and the other IPv6 only: nothing can pass. Add addresses of the same kind.',
    sv: 'Den ena änden har bara IPv4-adresser och den andra bara IPv6: inget kan passera. Lägg till adresser av samma slag.',
    fr: 'Une extrémité n’a que de l’IPv4 et l’autre que de l’IPv6 : rien ne peut passer. Ajoutez des adresses du même type.',
  },
  noIcmp6: {
    en: 'ICMPv6 cannot be named in a rule here. Allow it by the platform’s own means, or use IPv4 for the test.',
    sv: 'ICMPv6 kan inte anges i en regel här. Tillåt det med plattformens egna medel, eller använd IPv4 för provet.',
    fr: 'ICMPv6 ne peut être nommé dans une règle ici. Autorisez-le par les moyens de la plateforme, ou testez en IPv4.',
  },
  tooManyRules: {
    en: 'The device holds no more than {limit} rules in one list, and this opening is beyond. Put it into another list, or merge networks.',
    sv: 'Enheten rymmer högst {limit} regler i en lista, och den här öppningen får inte plats. Lägg den i en annan lista eller slå ihop nät.',
    fr: 'L’équipement n’accepte que {limit} règles par liste, et cette ouverture dépasse. Mettez-la dans une autre liste, ou regroupez des réseaux.',
  },
  jumpTo: {
    en: 'The rules stand in a chain of their own, {chain}. Jump to it from your forward chain, after the rule that lets established connections pass.',
    sv: 'Reglerna ligger i en egen kedja, {chain}. Hoppa dit från din forward-kedja, efter regeln som släpper igenom upprättade förbindelser.',
    fr: 'Les règles sont dans leur propre chaîne, {chain}. Renvoyez-y depuis votre chaîne forward, après la règle qui laisse passer les connexions établies.',
  },
  wholeFirewall: {
    en: 'A whole firewall: everything that is not in this file is dropped. Add what else this machine must forward before you load it.',
    sv: 'En hel brandvägg: allt som inte finns i filen kastas. Lägg till vad maskinen i övrigt ska vidarebefordra innan du laddar den.',
    fr: 'Un pare-feu complet : tout ce qui n’est pas dans ce fichier est rejeté. Ajoutez ce que la machine doit aussi relayer avant de le charger.',
  },
  bothFamilies: {
    en: 'Load it twice, with iptables-restore and with ip6tables-restore: each takes the lines of its own family.',
    sv: 'Ladda den två gånger, med iptables-restore och med ip6tables-restore: var och en tar raderna för sin familj.',
    fr: 'À charger deux fois, avec iptables-restore et ip6tables-restore : chacun prend les lignes de sa famille.',
  },
  stateless: {
    en: 'These lists remember no connections: answers are let back by their source port, and whoever sends from that port gets in. Apply {out} inwards on the inner interface and {in} inwards on the outer one; better still is the device’s stateful inspection.',
    sv: 'Listorna minns inga förbindelser: svaren släpps tillbaka på sin källport, och vem som helst som sänder från den porten kommer in. Lägg {out} ingående på det inre gränssnittet och {in} ingående på det yttre; ännu bättre är enhetens tillståndsinspektion.',
    fr: 'Ces listes ne retiennent pas les connexions : les réponses reviennent d’après leur port source, et quiconque émet de ce port entre. Appliquez {out} en entrée sur l’interface interne et {in} en entrée sur l’externe ; mieux vaut encore l’inspection à états.',
  },
  zones: {
    en: 'The rules name no interfaces or zones of yours: replace “any” by them before you use the file.',
    sv: 'Reglerna nämner inga av dina gränssnitt eller zoner: ersätt ”any” med dem innan du använder filen.',
    fr: 'Les règles ne nomment ni vos interfaces ni vos zones : remplacez « any » avant d’utiliser le fichier.',
  },
  replacesSection: {
    en: 'Restoring a section replaces what is there. Merge the aliases and rules of this file into a backup of your own configuration, and restore that.',
    sv: 'Att återställa en del ersätter det som finns där. Foga in filens alias och regler i en säkerhetskopia av din egen konfiguration och återställ den.',
    fr: 'Restaurer une section remplace l’existant. Fusionnez les alias et règles de ce fichier dans une sauvegarde de votre configuration, puis restaurez celle-ci.',
  },
  onePc: {
    en: 'For the firewall of a single PC: openings from outside are written for the PC as their target.',
    sv: 'För brandväggen på en enskild dator: öppningar utifrån är skrivna med datorn som mål.',
    fr: 'Pour le pare-feu d’un seul poste : les ouvertures venant de l’extérieur visent ce poste.',
  },
  groupMembers: {
    en: 'A security group stands for its members: the inner end of each opening is whatever carries the group.',
    sv: 'En säkerhetsgrupp står för sina medlemmar: den inre änden av varje öppning är det som bär gruppen.',
    fr: 'Un groupe de sécurité représente ses membres : l’extrémité interne de chaque ouverture est ce qui porte le groupe.',
  },
  manyGroups: {
    en: 'A group holds {limit} rules, so there are {count} groups; a network interface carries no more than {most} unless the quota is raised.',
    sv: 'En grupp rymmer {limit} regler, därför är det {count} grupper; ett nätverkskort bär högst {most} om inte kvoten höjs.',
    fr: 'Un groupe contient {limit} règles, d’où {count} groupes ; une interface n’en porte que {most} sauf relèvement du quota.',
  },
  addAfterDrop: {
    en: 'New rules are added at the end: move them before your rule that drops the rest.',
    sv: 'Nya regler läggs sist: flytta dem före din regel som kastar resten.',
    fr: 'Les nouvelles règles s’ajoutent à la fin : placez-les avant celle qui rejette le reste.',
  },
} satisfies Sentences<string>

export type RuleWord = keyof typeof ruleWords
