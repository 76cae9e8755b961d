import type { Finding } from '../../core/index.ts';
import { dialectOf } from '../document-source.ts';
import { fault } from '../fault-codes.ts';
import type { SourceFile } from '../source-file.ts';
import { applyAction, type Changing, copyOf } from './apply-overlay.ts';
import { type OverlayAction, type OverlayFile, readOverlay } from './overlay.ts';
import { Provenance } from './provenance.ts';

/**
 * The file with overlays applied, one after the other. Throws `ERR_OVERLAY`.
 *
 * A member `extends` is not looked at: the user said what the overlay is for by naming both.
 */
export function applyOverlays(file: SourceFile, overlays: readonly OverlayFile[]): SourceFile {
  const document: Changing = { root: copyOf(file.root), provenance: new Provenance(file.uri) };
  const faults: Finding[] = [];
  for (const action of overlays.flatMap(readOverlay))
    if (applyAction(document, action) === 0) faults.push(selectsNothing(action));
  const { root, provenance } = document;
  const dialect = dialectOf(root) ?? file.dialect;
  return {
    ...file,
    root,
    dialect,
    overlaid: {
      files: new Map(overlays.map((overlay) => [overlay.uri, { ...overlay, dialect }])),
      faults,
      find: (pointer) => provenance.find(root, pointer),
    },
  };
}

function selectsNothing({ written, file: { uri }, pointer }: OverlayAction): Finding {
  return fault(
    'document.overlay',
    { uri, pointer: `${pointer}/target` },
    {
      severity: 'warning',
      message: `The target "${written}" of the overlay selects nothing in the document.`,
      expected: 'a JSONPath that selects something',
      seen: written,
    },
  );
}
