"""The journal's proofs: hashes, trees and what they prove. Knows no tables, no keys and no clock."""
