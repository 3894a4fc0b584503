import { plurals } from "../plurals";
import type { mapWords as english } from "./map.en";

const n = plurals("fr");

type Like<T> = { readonly [K in keyof T]: T[K] extends (...values: infer P) => string ? (...values: P) => string : string };

export const mapWords: Like<typeof english> = {
  "map.mode": "Afficher",
  "mapMode.health": "Santé",
  "mapMode.latency": "Latence",
  "mapMode.traffic": "Trafic",
  "mapMode.change": "Évolution",
  "map.changeAbout": (period) => `Face à la période précédente (${period})`,
  "mapChange.new": "nouveau",
  "mapChange.gone": "disparu",
  "mapChange.latency": (share) => `latence ${share}`,
  "mapChange.faults": (points) => `pannes ${points}`,
  "map.focused": (shown, all) => `${shown} services sur ${all}.`,
  "map.focusAuto": "Les services à problèmes et leurs voisins.",
  "map.focusBusy": "Les services les plus sollicités et leurs voisins.",
  "map.focusOne": (name) => `${name} et ses voisins.`,
  "map.focusAll": "Tout afficher",
  "map.focus": "Seulement lui et ses voisins",
  "map.find": "Trouver un service",
  "map.notFound": "Aucun service ne s’appelle ainsi.",
  "map.unpin": (count) => `Libérer ${n(count, { one: "service épinglé", other: "services épinglés" })}`,
  "map.pinHint": "Glissez un service pour l’épingler ; double-cliquez pour ne voir que ses voisins",
  "map.lag": (duration) => `retard ${duration}`,
  "map.from": "De, ms",
  "map.to": "À, ms",
  "map.within": "Voir les traces",
  "map.time": "Minute affichée sur la carte",
  "map.whole": "Toute la période",
  "map.minute": (from, to) => `${from} – ${to}`,
  "map.play": "Rejouer",
  "map.pause": "Pause",
  "map.earlier": "Minute précédente",
  "map.later": "Minute suivante",
  "map.scrubAbout": (faults, period) => `${n(faults, { one: "panne", other: "pannes" })}, ${period} par barre`,
  "map.previousFailed": "La période précédente n’a pas pu être lue.",
};
