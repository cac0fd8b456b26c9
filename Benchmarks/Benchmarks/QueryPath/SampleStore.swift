../../ ../ Tests / HotPath / SampleStore.swift
