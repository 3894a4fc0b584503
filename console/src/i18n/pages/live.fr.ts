import { plurals } from "../plurals";
import type { Translated } from "../translated";
import type { live as en } from "./live.en";

const n = plurals("fr");

export const live: Translated<typeof en> = {
  "live.title": "Traces en direct",
  "live.pause": "Suspendre",
  "live.resume": "Reprendre",
  "live.clear": "Vider",
  "live.search": "Les chercher",
  "live.waiting": "En attente de traces. Elles s’affichent à leur arrivée, la plus récente en haut.",
  "live.waitingFilter": "Aucune trace n’a encore passé le filtre.",
  "live.connecting": "Connexion",
  "live.open": "En direct",
  "live.paused": "Suspendu",
  "live.pausedWhy": "Suspendu tant que vous pointez ou sélectionnez quelque chose.",
  "live.held": (count) => `+${n(count, { one: "trace non affichée", other: "traces non affichées" })}`,
  "live.missed": (count) => `+${n(count, { one: "autre", other: "autres" })} trop rapides pour être affichées`,
  "live.seen": (count) => n(count, { one: "trace vue", other: "traces vues" }),
  "live.lost": "La connexion au serveur est perdue. Elle est rétablie d’elle-même ; ce qui arrive entre-temps se retrouve par une recherche.",
  "live.again": "Se connecter maintenant",
  "live.arrived": "Début",
  "live.service": "Service",
};
