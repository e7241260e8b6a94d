//! What we write is read by other people's programs (the crates `tlog_tiles` and `signed_note`, ports of Go's
//! libraries), and what they write by us.

use madang_tlog::note::{Algorithm, Note, SigningKey, VerifierKey};
use madang_tlog::proof::{consistency, inclusion, verify_consistency, verify_inclusion};
use madang_tlog::tile::{Resource, Tile, tile_bytes, tiles_of};
use madang_tlog::{Checkpoint, Hash, TileSet, cosignature, node_hash};
use signed_note::{StandardSigner, StandardVerifier, Verifier, VerifierList};
use tlog_tiles::{HashReader, TileHashReader, TileReader};

use crate::naive::{Grown, Naive, Numbers};

fn theirs(hash: &Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(hash.0)
}

fn ours(hashes: &[tlog_tiles::Hash]) -> Vec<Hash> {
    hashes.iter().map(|hash| Hash(hash.0)).collect()
}

/// Their storage: every hash of every complete subtree.
struct Stored(Vec<tlog_tiles::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

impl Stored {
    fn of(leaves: &[Hash]) -> Self {
        let mut stored = Self(Vec::new());
        for (index, leaf) in leaves.iter().enumerate() {
            let more = tlog_tiles::stored_hashes_for_record_hash(index as u64, theirs(leaf), &stored).unwrap();
            stored.0.extend(more);
        }
        stored
    }
}

/// Our tiles, for their reader, which checks each tile against the root.
struct Files(TileSet);

impl TileReader for Files {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let file = |tile: &tlog_tiles::Tile| {
            // Their names have the height of tiles in them, which the standard leaves out.
            let name: Resource = tile.path().replacen("tile/8/", "tile/", 1).parse().unwrap();
            let Resource::Tile(tile) = name else { panic!("{name} is not a tile") };
            tile_bytes(self.0.get(&tile).expect("a tile of the tree"))
        };
        Ok(tiles.iter().map(file).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

#[test]
fn trees_tiles_and_proofs_are_verified_by_tlog_tiles_and_theirs_by_us() {
    let tree = Naive::new(66_000);
    let mut numbers = Numbers(6);
    let stored = Stored::of(&tree.leaves);
    let more = [100, 255, 256, 257, 511, 512, 1000, 4096, 65_535, 65_536, 65_537, 66_000];
    for size in (1..=70).chain(more) {
        let (n, grown) = (size as u64, Grown::to(&tree.leaves[..size]));
        let (root, tiles) = (grown.edge.root(), grown.tiles());
        assert_eq!(tlog_tiles::tree_hash(n, &stored).unwrap(), theirs(&root), "root of {size}");
        for tile in tiles_of(n) {
            let their = tlog_tiles::Tile::new(8, tile.level, tile.index, tile.width.into(), false);
            assert_eq!(their.path().replacen("tile/8/", "tile/", 1), tile.to_string());
            assert_eq!(their.read_data(&stored).unwrap(), tile_bytes(tiles.get(&tile).unwrap()), "{tile} of {size}");
        }
        let files = Files(tiles.clone());
        let reader = TileHashReader::new(n, theirs(&root), &files);
        for _ in 0..20 {
            let index = numbers.below(size);
            let (i, leaf) = (index as u64, tree.leaves[index]);
            let read = reader.read_hashes(&[tlog_tiles::stored_hash_index(0, i)]).unwrap();
            assert_eq!(ours(&read), [leaf], "leaf {i} of {size} from our tiles");
            let path = inclusion(i, n, &tiles).unwrap();
            assert_eq!(ours(&tlog_tiles::prove_record(n, i, &reader).unwrap()), path);
            let their_path = path.iter().map(theirs).collect();
            tlog_tiles::check_record(&their_path, n, theirs(&root), i, theirs(&leaf)).unwrap();
            verify_inclusion(&leaf, i, n, &root, &ours(&tlog_tiles::prove_record(n, i, &stored).unwrap())).unwrap();

            let old = 1 + index;
            let (m, old_root) = (old as u64, tree.hash(0, old));
            let proof = consistency(m, n, &tiles).unwrap();
            let their_proof = proof.iter().map(theirs).collect();
            tlog_tiles::check_tree(&their_proof, n, theirs(&root), m, theirs(&old_root)).unwrap();
            let their_proof = ours(&tlog_tiles::prove_tree(n, m, &stored).unwrap());
            verify_consistency(m, &old_root, n, &root, &their_proof).unwrap();
        }
    }
}

/// In a tree of 512 leaves, whose root is made from one tile: `tlog_tiles` 0.2.0 leaves as many of the tiles it read
/// unchecked as tiles were asked for twice while it computed the root (600 leaves: two).
#[test]
fn their_reader_refuses_our_tiles_when_one_is_altered() {
    let tree = Naive::new(512);
    let grown = Grown::to(&tree.leaves);
    let mut altered: TileSet = grown.full.iter().filter(|(tile, _)| tile.index > 0).cloned().collect();
    let (first, mut hashes) = grown.full[0].clone();
    hashes[7] = node_hash(&hashes[7], &hashes[7]);
    altered.insert(first, hashes);
    altered.extend(grown.edge.partial());
    let files = Files(altered);
    let reader = TileHashReader::new(512, theirs(&grown.edge.root()), &files);
    assert!(reader.read_hashes(&[tlog_tiles::stored_hash_index(0, 3)]).is_err());
    assert_eq!(first, Tile { level: 0, index: 0, width: 256 });
}

#[test]
fn checkpoints_are_read_by_tlog_tiles_and_theirs_by_us() {
    let tree = Naive::new(50);
    for size in 1..=50 {
        let root = tree.hash(0, size);
        let mut checkpoint = Checkpoint::new("log.example/one", size as u64, root);
        for _ in 0..2 {
            let text = checkpoint.text().unwrap();
            let read = tlog_tiles::Checkpoint::from_bytes(text.as_bytes()).unwrap();
            assert_eq!((read.origin(), read.size(), *read.hash()), ("log.example/one", size as u64, theirs(&root)));
            assert_eq!(
                read.extension(),
                checkpoint.extensions.iter().map(|line| format!("{line}\n")).collect::<String>()
            );
            assert_eq!(read.to_bytes(), text.as_bytes());
            let written = tlog_tiles::Checkpoint::new(read.origin(), read.size(), *read.hash(), read.extension());
            assert_eq!(String::from_utf8(written.unwrap().to_bytes()).unwrap().parse(), Ok(checkpoint.clone()));
            checkpoint.extensions = vec!["one".to_owned(), "둘".to_owned()];
        }
    }
}

#[test]
fn notes_are_verified_by_signed_note_and_theirs_by_us() {
    for byte in 0..40_u8 {
        let name = format!("log.example/{byte}");
        let key = SigningKey::from_seed(&name, Algorithm::Ed25519, [byte; 32]).unwrap();
        let known = || VerifierList::new(vec![Box::new(StandardVerifier::new(&key.verifier().to_string()).unwrap())]);
        let text = format!("{name}\n{byte}\n{}\n", Hash([byte; 32]));

        let mut note = Note::sign(text.as_str(), &[&key]).unwrap();
        let read = signed_note::Note::from_bytes(note.to_string().as_bytes()).unwrap();
        let (verified, unverified) = read.verify(&known()).unwrap();
        assert_eq!((verified.len(), unverified.len()), (1, 0));
        assert_eq!(read.text(), text.as_bytes());
        assert_eq!(read.to_bytes(), note.to_string().as_bytes());

        let witness = SigningKey::from_seed("witness.example", Algorithm::Cosignature, [99; 32]).unwrap();
        note.add(cosignature::sign(&witness, &text, 1_800_000_000).unwrap());
        let cosigned = signed_note::Note::from_bytes(note.to_string().as_bytes()).unwrap();
        let (verified, unverified) = cosigned.verify(&known()).unwrap();
        assert_eq!((verified.len(), unverified.len()), (1, 1), "a cosignature does not disturb them");

        let signer = StandardSigner::new(&key.to_string()).unwrap();
        let mut theirs = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        theirs.add_sigs(&[&signer]).unwrap();
        let theirs: Note = String::from_utf8(theirs.to_bytes()).unwrap().parse().unwrap();
        assert_eq!(theirs.verify(&[key.verifier()]), Ok(vec![0]));
        assert_eq!(theirs, Note::sign(text, &[&key]).unwrap(), "Ed25519 has one signature for a text and a key");
    }
}

/// `signed_note` 0.2 has no cosignatures, so what a witness signs is put together here by hand, from the standard.
#[test]
fn cosignatures_are_verified_by_the_ed25519_of_signed_note() {
    for byte in 0..20_u8 {
        let seed = [byte; 32];
        let witness = SigningKey::from_seed("witness.example", Algorithm::Cosignature, seed).unwrap();
        let time = 1_679_315_147 + u64::from(byte);
        let text = format!("log.example\n{byte}\n{}\n", Hash(seed));
        let signature = cosignature::sign(&witness, &text, time).unwrap();
        let public = witness.verifier().public();
        let id = signed_note::key_id("witness.example", &[[4].as_slice(), &public].concat());
        assert_eq!(signature.id(), id.to_be_bytes());
        let (at, bytes) = signature.bytes().split_at(8);
        assert_eq!(at, time.to_be_bytes());
        let plain = SigningKey::from_seed("witness.example", Algorithm::Ed25519, seed).unwrap().verifier();
        let verifier = StandardVerifier::new(&plain.to_string()).unwrap();
        let message = format!("cosignature/v1\ntime {time}\n{text}");
        assert!(verifier.verify(message.as_bytes(), bytes));
        assert!(!verifier.verify(text.as_bytes(), bytes), "a cosignature is no signature of the log");
    }
}

/// Their keys from their own vkey text, ours from theirs.
#[test]
fn keys_of_both_are_the_same_text() {
    let key: SigningKey =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz".parse().unwrap();
    let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(key.verifier(), vkey.parse::<VerifierKey>().unwrap());
    assert_eq!(key.verifier().to_string(), vkey);
    assert!(StandardVerifier::new(vkey).is_ok() && StandardSigner::new(&key.to_string()).is_ok());
}
