// The verdicts of Go's checksum database about folders that hold a ledger's files:
// sumdb KEY KEPT INDEX FOLDER..., where KEPT is a checkpoint that an auditor has from earlier.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (at folder) Height() int                     { return 8 }
func (at folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (at folder) path(tile tlog.Tile, level string) string {
	inside := strings.SplitN(tile.Path(), "/", 4)[3]
	return filepath.Join(string(at), "tile", level, inside)
}

func (at folder) ReadTiles(tiles []tlog.Tile) (found [][]byte, err error) {
	for _, tile := range tiles {
		hashes, err := os.ReadFile(at.path(tile, strconv.Itoa(tile.L)))
		if err != nil {
			return nil, err
		}
		found = append(found, hashes)
	}
	return found, nil
}

func (at folder) leaves(size int64) (leaves []tlog.Hash, err error) {
	for number := int64(0); number*256 < size; number++ {
		width := 256
		if size-number*256 < 256 {
			width = int(size - number*256)
		}
		bundle, err := os.ReadFile(at.path(tlog.Tile{H: 8, N: number, W: width}, "entries"))
		if err != nil {
			return nil, err
		}
		for len(bundle) > 1 {
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if end > len(bundle) {
				return nil, errors.New("an entry is cut off")
			}
			leaves, bundle = append(leaves, tlog.RecordHash(bundle[2:end])), bundle[end:]
		}
	}
	return leaves, nil
}

// Whether the root and every tile follow from the leaves. It does not ask TileHashReader, which in Go
// 1.19 leaves the first full tiles unchecked where several complete subtrees share a tile.
func (at folder) follows(leaves []tlog.Hash, tree tlog.Tree) bool {
	stored := []tlog.Hash{}
	reader := tlog.HashReaderFunc(func(places []int64) (found []tlog.Hash, err error) {
		for _, place := range places {
			found = append(found, stored[place])
		}
		return found, nil
	})
	for leaf, hash := range leaves {
		more, err := tlog.StoredHashesForRecordHash(int64(leaf), hash, reader)
		if err != nil {
			return false
		}
		stored = append(stored, more...)
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		return false
	}
	for _, tile := range tlog.NewTiles(8, 0, tree.N) {
		if tile.W < 256 && int64(tile.W) != tree.N>>(8*tile.L)%256 {
			continue // narrower than what is served of this tree
		}
		expected, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			return false
		}
		found, err := at.ReadTiles([]tlog.Tile{tile})
		if err != nil || !bytes.Equal(found[0], expected) {
			return false
		}
	}
	return true
}

func head(file string, verifiers note.Verifiers) (tree tlog.Tree, err error) {
	written, err := os.ReadFile(file)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(written, verifiers)
	if err != nil {
		return tree, err
	}
	lines := bytes.Split([]byte(opened.Text), []byte("\n"))
	if tree.N, err = strconv.ParseInt(string(lines[1]), 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(string(lines[2]))
	return tree, err
}

// The four columns: checkpoint, inclusion, consistency, full walk.
func verdicts(at folder, verifiers note.Verifiers, kept tlog.Tree, index int64) (holds [4]bool) {
	tree, err := head(filepath.Join(string(at), "checkpoint"), verifiers)
	if err != nil {
		return holds
	}
	reader := tlog.TileHashReader(tree, at)
	root, err := tlog.TreeHash(tree.N, reader)
	holds[0] = err == nil && root == tree.Hash
	leaves, err := at.leaves(tree.N)
	if err != nil || int64(len(leaves)) != tree.N {
		return holds
	}
	if proof, err := tlog.ProveRecord(tree.N, index, reader); err == nil {
		holds[1] = tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaves[index]) == nil
	}
	if kept.N <= tree.N {
		if proof, err := tlog.ProveTree(tree.N, kept.N, reader); err == nil {
			holds[2] = tlog.CheckTree(proof, tree.N, tree.Hash, kept.N, kept.Hash) == nil
		}
	}
	holds[3] = holds[0] && at.follows(leaves, tree)
	return holds
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	if err != nil {
		panic(err)
	}
	verifiers := note.VerifierList(verifier)
	kept, err := head(os.Args[2], verifiers)
	if err != nil {
		panic(err)
	}
	index, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		panic(err)
	}
	for _, name := range os.Args[4:] {
		holds := verdicts(folder(name), verifiers, kept, index)
		fmt.Println(holds[0], holds[1], holds[2], holds[3])
	}
}
