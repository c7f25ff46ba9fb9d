import { families, familiesVersion } from '../generate/families.ts';
import { type Ask, nightsOf } from '../generate/family.ts';
import { estateName, generateEstate } from '../generate/generate-estate.ts';
import { fewestVms, findFamily, mostVms, parseAsk } from '../generate/parse-ask.ts';
import { contentHash } from '../kit/canonical.ts';
import { acceptDocument } from '../model/document/parse-document.ts';
import type { Generation } from '../model/kind.ts';

/**
 * Families of estates as documents of the kind. The hash of a document is that of what was asked for: its bytes follow from
 * that and the version of the families, which the golden hashes hold to account, and a million VMs are not made to be hashed.
 */
export const backupFamilies: Generation = {
  families: families.map((family) => ({
    name: family.name,
    question: family.question,
    parameters: `vms (${fewestVms} to ${mostVms}), night (${nightsOf(family).join(', ')})`,
  })),
  parse(name, parameters) {
    const family = findFamily(name);
    const ask = parseAsk(family, parameters);
    return {
      name: estateName(family, ask),
      hash: contentHash({ family: name, ...ask, version: familiesVersion }),
      caveats: [],
      size: ask.vms,
      ref: { family: name, parameters: { ...ask } },
    };
  },
  make({ ref, ...document }, clusterSeed) {
    const ask = { ...ref.parameters, clusterSeed } as unknown as Ask;
    const estate = generateEstate(findFamily(ref.family), ask);
    return { ...document, content: acceptDocument({ ...estate, vms: [...estate.vms] }, document.name) };
  },
};
